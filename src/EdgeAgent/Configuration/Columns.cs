using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>Every column of every table, with the headings it may have.</summary>
internal static class Columns
{
    internal static class Devices
    {
        public static readonly CsvColumn Device = new("device", "设备", "设备编号") { IsRequired = true };
        public static readonly CsvColumn Name = new("name", "名称", "设备名称") { IsRequired = true };
        public static readonly CsvColumn Workshop = new("workshop", "车间");
        public static readonly CsvColumn Line = new("line", "产线", "生产线");
        public static readonly CsvColumn Class = new("class", "类别", "设备类别") { IsRequired = true };
        public static readonly CsvColumn Production = new("production", "生产设备", "是否生产设备");
        public static readonly CsvColumn Key = new("key", "关键设备", "是否关键设备");
        public static readonly CsvColumn Commissioned = new("commissioned", "投用日期");
        public static readonly CsvColumn Retired = new("retired", "停用日期");
        public static readonly CsvColumn Endpoint = new("endpoint", "端点", "连接");
        public static readonly CsvColumn Unit = new("unit", "站号", "单元号");

        public static readonly IReadOnlyList<CsvColumn> All =
            [Device, Name, Workshop, Line, Class, Production, Key, Commissioned, Retired, Endpoint, Unit];
    }

    internal static class Tags
    {
        public static readonly CsvColumn Tag = new("tag", "点", "点名", "测点") { IsRequired = true };
        public static readonly CsvColumn Device = new("device", "设备", "设备编号") { IsRequired = true };
        public static readonly CsvColumn Address = new("address", "地址") { IsRequired = true };
        public static readonly CsvColumn Type = new("type", "类型", "数据类型") { IsRequired = true };
        public static readonly CsvColumn Order = new("order", "字节序");
        public static readonly CsvColumn Scale = new("scale", "系数", "倍率");
        public static readonly CsvColumn Offset = new("offset", "偏移");
        public static readonly CsvColumn Unit = new("unit", "单位");
        public static readonly CsvColumn Decimals = new("decimals", "小数位", "小数位数");
        public static readonly CsvColumn Interval = new("interval", "周期", "采集周期");
        public static readonly CsvColumn Field = new("field", "字段");
        public static readonly CsvColumn Deadband = new("deadband", "死区");
        public static readonly CsvColumn Description = new("description", "说明", "描述");

        public static readonly IReadOnlyList<CsvColumn> All =
        [
            Tag, Device, Address, Type, Order, Scale, Offset, Unit, Decimals, Interval, Field, Deadband, Description,
        ];
    }

    internal static class Products
    {
        public static readonly CsvColumn Product = new("product", "产品", "产品编号") { IsRequired = true };
        public static readonly CsvColumn Name = new("name", "名称", "产品名称") { IsRequired = true };
        public static readonly CsvColumn PlannedRunTime =
            new("planned_run_time", "计划单件时间", "单件时间", "节拍") { IsRequired = true };

        public static readonly IReadOnlyList<CsvColumn> All = [Product, Name, PlannedRunTime];
    }

    internal static class Entries
    {
        public static readonly CsvColumn Indicator = new("indicator", "指标") { IsRequired = true };
        public static readonly CsvColumn From = new("from", "开始", "起") { IsRequired = true };
        public static readonly CsvColumn To = new("to", "结束", "止") { IsRequired = true };
        public static readonly CsvColumn Value = new("value", "数值", "值") { IsRequired = true };
        public static readonly CsvColumn Unit = new("unit", "单位") { IsRequired = true };
        public static readonly CsvColumn Document = new("document", "凭证", "凭证号") { IsRequired = true };
        public static readonly CsvColumn EnteredBy = new("entered_by", "填报人") { IsRequired = true };
        public static readonly CsvColumn EnteredAt = new("entered_at", "填报时间") { IsRequired = true };
        public static readonly CsvColumn Supersedes = new("supersedes", "替代");

        public static readonly IReadOnlyList<CsvColumn> All =
            [Indicator, From, To, Value, Unit, Document, EnteredBy, EnteredAt, Supersedes];
    }

    internal static class WorkUnits
    {
        public static readonly CsvColumn Device = new("device", "设备", "设备编号") { IsRequired = true };
        public static readonly CsvColumn StateTag = new("state_tag", "状态点");
        public static readonly CsvColumn StateRule = new("state_rule", "状态规则");
        public static readonly CsvColumn ProducedTag = new("produced_tag", "产量点");
        public static readonly CsvColumn GoodTag = new("good_tag", "合格点");
        public static readonly CsvColumn ScrapTag = new("scrap_tag", "废品点");
        public static readonly CsvColumn ReworkTag = new("rework_tag", "返工点");
        public static readonly CsvColumn ReworkScrapTag = new("rework_scrap_tag", "返工报废点");
        public static readonly CsvColumn CounterModulus = new("counter_modulus", "计数器模数");
        public static readonly CsvColumn Product = new("product", "产品", "产品编号");
        public static readonly CsvColumn ProductTag = new("product_tag", "产品点");

        public static readonly IReadOnlyList<CsvColumn> All =
        [
            Device, StateTag, StateRule, ProducedTag, GoodTag, ScrapTag, ReworkTag, ReworkScrapTag, CounterModulus,
            Product, ProductTag,
        ];
    }

    internal static class Meters
    {
        public static readonly CsvColumn Meter = new("meter", "表计", "表号") { IsRequired = true };
        public static readonly CsvColumn Tag = new("tag", "点", "点名", "测点") { IsRequired = true };
        public static readonly CsvColumn Carrier = new("carrier", "能源品种", "介质") { IsRequired = true };
        public static readonly CsvColumn Flow = new("flow", "方向", "流向");
        public static readonly CsvColumn Modulus = new("modulus", "模数", "满度");
        public static readonly CsvColumn Parent = new("parent", "上级表计", "上级");
        public static readonly CsvColumn Coefficient = new("coefficient", "折标系数");
        public static readonly CsvColumn Basis = new("basis", "口径");
        public static readonly CsvColumn Source = new("source", "系数来源", "来源");

        public static readonly IReadOnlyList<CsvColumn> All =
            [Meter, Tag, Carrier, Flow, Modulus, Parent, Coefficient, Basis, Source];
    }
}
