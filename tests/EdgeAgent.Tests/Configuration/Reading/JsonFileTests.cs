using System.Text;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Tests.Configuration.Reading;

public sealed class JsonFileTests
{
    [Fact]
    public void Values_know_their_line_and_column_in_characters()
    {
        var (json, _) = Read("// 注释\r\n{\r\n  \"名\": \"镁\", \"a\": [ 1,\n  {\"b\": true} ] }");

        Assert.Equal((3, 8), Position(json!["名"].Place));
        Assert.Equal((3, 20), Position(json.Fields("a", "")[0].Place));
        Assert.Equal((4, 3), Position(json.Fields("a", "")[1].Place));
    }

    [Fact]
    public void Asking_for_a_key_makes_it_known()
    {
        var (json, findings) = Read("{ \"port\": 502, \"prot\": 503 }");

        Assert.Equal(502, json!["port"].Integer(1, 1, 65535));
        json.Finish();

        var error = Assert.Single(findings.Errors([]));
        Assert.Equal((1, 16, "\"port\""), (error.Line, error.Column, error.Remedy.English));
    }

    [Fact]
    public void A_value_that_is_read_twice_is_wrong_once()
    {
        var (json, findings) = Read("{ \"port\": \"x\" }");

        _ = json!["port"].Integer(1, 1, 65535);
        _ = json["port"].Integer(1, 1, 65535);

        Assert.Single(findings.Errors([]));
    }

    [Theory]
    [InlineData("{ \"a\": 1, }")]
    [InlineData("\n\n{ } // end\n")]
    [InlineData("/* a\n b */ { \"a\": [1, 2,], }")]
    public void Comments_and_trailing_commas_are_allowed(string text)
    {
        Assert.NotNull(Read(text).Json);
    }

    [Theory]
    [InlineData("{ \"a\": 01 }", 1, 9)]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3)]
    [InlineData("{\n  'a': 1\n}", 2, 3)]
    [InlineData("{ \"a\": tru }", 1, 11)]
    public void The_first_breach_of_the_grammar_is_pointed_at(string text, int line, int column)
    {
        var (json, findings) = Read(text);

        Assert.Null(json);
        var error = Assert.Single(findings.Errors([]));
        Assert.Equal((line, (int?)column), (error.Line, error.Column));
    }

    [Fact]
    public void Every_prefix_of_a_document_is_an_error_with_a_place()
    {
        const string Text = "{\n  \"a\": [ 1, { \"b\": \"x\\n\" } ],\n  \"c\": true\n}";
        for (var length = 0; length < Text.Length; length++)
        {
            var (json, findings) = Read(Text[..length]);

            Assert.Null(json);
            Assert.Single(findings.Errors([]));
        }
    }

    private static (int Line, int Column) Position(Place place) => place.File.PositionOf(place.Offset);

    private static (JsonSection? Json, Findings Findings) Read(string text)
    {
        var findings = new Findings();
        var file = new SourceFile("t.json", Encoding.UTF8.GetBytes(text), SourceFileState.Present);
        return (JsonFile.Read(file, findings), findings);
    }
}
