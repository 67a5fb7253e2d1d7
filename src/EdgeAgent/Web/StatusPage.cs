using System.Reflection;

namespace EdgeAgent.Web;

/// <summary>Serves the files of wwwroot, which travel inside the program.</summary>
internal static class StatusPage
{
    private static readonly (string Path, string File, string ContentType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/status.css", "status.css", "text/css; charset=utf-8"),
        ("/status.js", "status.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(WebApplication app)
    {
        foreach (var (path, file, contentType) in Files)
        {
            var content = Read(file);
            app.MapGet(path, context =>
            {
                context.Response.ContentType = contentType;
                return context.Response.Body.WriteAsync(content).AsTask();
            });
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"wwwroot/{file}")
            ?? throw new InvalidOperationException($"The program was built without wwwroot/{file}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
