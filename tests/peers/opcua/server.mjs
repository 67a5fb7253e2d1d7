// A server with every kind of value, status, history and a tree, made with node-opcua.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DataType, DataValue, StatusCodes, Variant, VariantArrayType } from 'node-opcua'
import { nodesets } from 'node-opcua-nodesets'
import { host, readOptions } from './host.mjs'
import { array, arrays, illegal, scalar, scalars, sourcePicoseconds, sourceTime } from './values.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const uris = { types: 'urn:edgeagent:peer:types', line: 'urn:edgeagent:peer:line', press: 'urn:edgeagent:peer:press' }

const options = readOptions({
  items: 0, // changing variables Many.0, Many.1, ...
  interval: 500, // of all that changes, in ms
  historyPoints: 1000,
  reordered: false, // line and press have swapped their namespace indexes
})

await host(options, [nodesets.standard, path.join(here, 'types.xml')], async space => {
  const order = options.reordered ? [uris.press, uris.line] : [uris.line, uris.press]
  for (const uri of order) space.registerNamespace(uri)
  const namespace = uri => space.getNamespace(uri)
  const line = namespace(uris.line)
  const root = line.addFolder(space.rootFolder.objects, { browseName: 'Line', nodeId: 's=Line' })
  const folder = name => line.addFolder(root, { browseName: name, nodeId: 's=' + name })

  addValues(line, folder)
  addStatuses(line, folder('Status'))
  addTypes(space, line, folder('Typed'))
  addTree(line, folder('Tree'))
  addHistory(space, line, folder('History'))
  const counters = Object.values(uris).slice(1).map(uri => addCounters(space, namespace(uri)))
  const many = addMany(line, folder('Many'))
  const settable = line.addVariable({
    componentOf: root, browseName: 'Settable', nodeId: 's=Settable', dataType: 'Double',
    value: { dataType: DataType.Double, value: 0 },
  })
  run([...counters, many])
  return {
    // set VALUE [STATUS]
    set: async ([value, status]) => settable.setValueFromSource(
      { dataType: DataType.Double, value: Number(value) }, statusOf(status), new Date()),
  }
})

function statusOf(name = 'Good') {
  if (!(name in StatusCodes)) throw new Error(`there is no status ${name}`)
  return StatusCodes[name]
}

/** A variable that has always the same value, status and source time, to the last 10 picoseconds. */
function constant(namespace, parent, name, variant, more = {}, statusCode = StatusCodes.Good) {
  const isArray = variant.arrayType !== VariantArrayType.Scalar
  return namespace.addVariable({
    componentOf: parent,
    browseName: name,
    nodeId: 's=' + name,
    dataType: 'i=' + (variant.dataType || DataType.Double),
    valueRank: isArray ? (variant.dimensions?.length ?? 1) : -1,
    arrayDimensions: variant.dimensions ?? (isArray ? [0] : null),
    minimumSamplingInterval: 50,
    value: {
      timestamped_get: () => new DataValue({
        value: variant, statusCode, sourceTimestamp: sourceTime, sourcePicoseconds,
      }),
    },
    ...more,
  })
}

function addValues(line, folder) {
  const scalarFolder = folder('Scalar')
  for (const [name, made] of Object.entries(scalars)) constant(line, scalarFolder, 'Scalar.' + name, scalar(made))
  const arrayFolder = folder('Array')
  for (const [name, made] of Object.entries(arrays)) constant(line, arrayFolder, 'Array.' + name, array(made))
  constant(line, folder('Illegal'), 'Illegal.DataValue', scalar(illegal))
}

function addStatuses(line, parent) {
  const value = number => new Variant({ dataType: DataType.Double, value: number })
  const add = (name, variant, statusCode, more) => constant(line, parent, 'Status.' + name, variant, more, statusCode)
  add('BadNoValue', new Variant(), StatusCodes.BadDeviceFailure)
  add('BadWithValue', value(12.5), StatusCodes.BadSensorFailure)
  add('Uncertain', value(13.5), StatusCodes.UncertainLastUsableValue)
  add('GoodLocalOverride', value(14.5), StatusCodes.GoodLocalOverride)
  add('NotReadable', value(15.5), StatusCodes.Good, { accessLevel: 'CurrentWrite', userAccessLevel: 'CurrentWrite' })
  add('Forbidden', value(16.5), StatusCodes.Good, { userAccessLevel: 0 })
}

function addTypes(space, line, parent) {
  const types = space.getNamespace(uris.types)
  const type = name => space.findDataType(name, types.index)
  const structure = (name, fields) => space.constructExtensionObject(type(name), fields)
  const add = (name, typeName, value, rank = -1) => constant(
    line, parent, 'Typed.' + name,
    new Variant({
      dataType: DataType.ExtensionObject,
      arrayType: rank > 0 ? VariantArrayType.Array : VariantArrayType.Scalar,
      value,
    }),
    { dataType: type(typeName).nodeId })
  const enumeration = (name, typeName, value) => constant(
    line, parent, 'Typed.' + name, new Variant({ dataType: DataType.Int32, value }),
    { dataType: type(typeName).nodeId })

  enumeration('Mode', 'AxisMode', 2)
  enumeration('Class', 'QualityClass', 35)
  enumeration('ClassNegative', 'QualityClass', -1)
  enumeration('ClassUnnamed', 'QualityClass', 11)

  const axis = (axisName, position, mode) =>
    ({ name: axisName, position, velocity: Math.fround(position / 8), homed: position > 0, mode })
  add('Axis', 'Axis', structure('Axis', axis('X', 1.25, 1)))
  add('Axes', 'Axis', [structure('Axis', axis('X', 1.25, 1)), structure('Axis', axis('Y轴', -2.5, 2))], 1)
  add('Machine', 'Machine', structure('Machine', {
    program: '主程序-7',
    produced: 4_000_000_000,
    since: sourceTime,
    message: { locale: 'zh-CN', text: '正在加工' },
    axes: [axis('X', 1.25, 0), axis('Y', 2.5, 1), axis('Z', 1234.5, 2)],
    offsets: [0.5, -0.25, 0.125],
    spindle: axis('S', -7.5, 0),
  }))
  add('MeasurementFull', 'Measurement', structure('Measurement', { value: 1.5, limit: 2.5, remark: '正常' }))
  add('MeasurementBare', 'Measurement', structure('Measurement', { value: 1.5 }))
  add('MeasurementRemark', 'Measurement', structure('Measurement', { value: 1.5, remark: 'only' }))
  add('ReadingNumber', 'Reading', structure('Reading', { number: 6.5 }))
  add('ReadingText', 'Reading', structure('Reading', { text: '六' }))
}

/** Forty folders, one inside the other, and one folder with 1,200 children. */
function addTree(line, parent) {
  let inner = parent
  for (let depth = 1; depth <= 40; depth++) {
    inner = line.addFolder(inner, { browseName: `Level${depth}`, nodeId: `s=Tree.Level${depth}` })
  }
  constant(line, inner, 'Tree.Bottom', new Variant({ dataType: DataType.Double, value: 40 }))
  const wide = line.addFolder(parent, { browseName: 'Wide', nodeId: 's=Tree.Wide' })
  for (let child = 0; child < 1200; child++) {
    constant(line, wide, `Tree.Wide.${child}`, new Variant({ dataType: DataType.UInt32, value: child }))
  }
}

/** One point a second that ends at 2024-03-01T00:00:00Z; every tenth is Uncertain. */
function addHistory(space, line, parent) {
  const variable = line.addVariable({
    componentOf: parent, browseName: 'Temperature', nodeId: 's=History.Temperature', dataType: 'Double',
  })
  space.installHistoricalDataNode(variable, { maxOnlineValues: 100_000 })
  const end = Date.UTC(2024, 2, 1)
  for (let n = 0; n < options.historyPoints; n++) {
    variable.setValueFromSource(
      { dataType: DataType.Double, value: n / 4 },
      n % 10 === 9 ? StatusCodes.UncertainLastUsableValue : StatusCodes.Good,
      new Date(end - (options.historyPoints - n) * 1000))
  }
}

/** What a client needs to know which node it read and when: f(uri, n), the same node id in both namespaces. */
function addCounters(space, namespace) {
  const press = namespace.namespaceUri === uris.press
  const parent = namespace.addObject({
    organizedBy: space.rootFolder.objects, browseName: press ? 'Press' : 'Counters', nodeId: 's=Counters',
  })
  const add = (name, dataType) => namespace.addVariable({
    componentOf: parent, browseName: name, nodeId: 's=' + name, dataType, minimumSamplingInterval: 0,
    value: { dataType: DataType[dataType], value: 0 },
  })
  const counter = add('Counter', 'UInt32')
  const real = add('Real', 'Double')
  return (n, time) => {
    counter.setValueFromSource(
      { dataType: DataType.UInt32, value: (press ? 1_000_000 : 0) + n }, StatusCodes.Good, time)
    real.setValueFromSource({ dataType: DataType.Double, value: (press ? -1 : 1) * n / 8 }, StatusCodes.Good, time)
  }
}

/** Many.i has the value n + i / 4096. */
function addMany(line, parent) {
  const all = Array.from({ length: options.items }, (_, index) => line.addVariable({
    componentOf: parent, browseName: `Many${index}`, nodeId: `s=Many.${index}`, dataType: 'Double',
    minimumSamplingInterval: 0, value: { dataType: DataType.Double, value: index / 4096 },
  }))
  return (n, time) => all.forEach((variable, index) => variable.setValueFromSource(
    { dataType: DataType.Double, value: n + index / 4096 }, StatusCodes.Good, time))
}

/** Every interval n grows by one; a late timer makes up for what it missed, one after the other. */
function run(changes) {
  const start = Date.now()
  const set = n => {
    const time = new Date()
    for (const change of changes) change(n, time)
  }
  let n = 0
  set(n)
  setInterval(() => {
    const due = Math.floor((Date.now() - start) / options.interval)
    if (n >= due) return
    set(++n)
  }, Math.min(options.interval, 50))
}
