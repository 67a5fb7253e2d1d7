using System.CommandLine;

var root = new RootCommand("EdgeAgent: reads the plant, computes its KPIs, publishes them. 工厂边缘采集与指标计算代理");
return await root.Parse(args).InvokeAsync();
