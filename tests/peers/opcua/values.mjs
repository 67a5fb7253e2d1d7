// Every kind of value that the encoding knows, with fixed values: the tests state the same ones in C#.
import {
  DataType, DataValue, DiagnosticInfo, ExpandedNodeId, LocalizedText, NodeIdType, QualifiedName, StatusCodes, Variant,
  VariantArrayType, resolveNodeId,
} from 'node-opcua'

// 2024-02-29T12:34:56.789 and 1,234 ticks of 100 ns, which a Date cannot hold; 50 ps are left for the picoseconds.
export const sourceTime = new Date(Date.UTC(2024, 1, 29, 12, 34, 56, 789))
export const sourcePicoseconds = 123_400_000 + 50

function at(date, ticks) {
  const time = new Date(date)
  time.picoseconds = ticks * 100_000
  return time
}

const bytes = text => Buffer.from(text, 'hex')
const text = (locale, words) => {
  const made = new LocalizedText({})
  made.locale = locale
  made.text = words
  return made
}
const int64 = value => [Number((BigInt.asUintN(64, value)) >> 32n), Number(BigInt.asUintN(32, value))]

/** name: [type, value] */
export const scalars = {
  'Boolean.True': ['Boolean', true],
  'Boolean.False': ['Boolean', false],
  'SByte.Min': ['SByte', -128],
  'SByte.Max': ['SByte', 127],
  'Byte.Min': ['Byte', 0],
  'Byte.Max': ['Byte', 255],
  'Int16.Min': ['Int16', -32768],
  'Int16.Max': ['Int16', 32767],
  'UInt16.Min': ['UInt16', 0],
  'UInt16.Max': ['UInt16', 65535],
  'Int32.Min': ['Int32', -2147483648],
  'Int32.Max': ['Int32', 2147483647],
  'UInt32.Min': ['UInt32', 0],
  'UInt32.Max': ['UInt32', 4294967295],
  'Int64.Min': ['Int64', int64(-(2n ** 63n))],
  'Int64.Max': ['Int64', int64(2n ** 63n - 1n)],
  'Int64.MinusOne': ['Int64', int64(-1n)],
  'UInt64.Min': ['UInt64', int64(0n)],
  'UInt64.Max': ['UInt64', int64(2n ** 64n - 1n)],
  'UInt64.OverDouble': ['UInt64', int64(2n ** 53n + 1n)],
  'Float.Tenth': ['Float', Math.fround(0.1)],
  'Float.Max': ['Float', Math.fround(3.4028234663852886e38)],
  'Float.Tiny': ['Float', 1.401298464324817e-45],
  'Float.NaN': ['Float', NaN],
  'Float.Infinity': ['Float', Infinity],
  'Double.Tenth': ['Double', 0.1],
  'Double.Max': ['Double', Number.MAX_VALUE],
  'Double.Tiny': ['Double', Number.MIN_VALUE],
  'Double.MinusZero': ['Double', -0],
  'Double.NaN': ['Double', NaN],
  'Double.Infinity': ['Double', Infinity],
  'Double.MinusInfinity': ['Double', -Infinity],
  'String.Chinese': ['String', '一号压力机：温度 ≥ 80 ℃'],
  'String.Emoji': ['String', '🏭 𠮷'],
  'String.Empty': ['String', ''],
  'String.Null': ['String', null],
  'String.Long': ['String', '长'.repeat(20_000)],
  'DateTime.Ticks': ['DateTime', at(Date.UTC(2024, 1, 29, 12, 34, 56, 789), 1234)],
  'DateTime.Before1970': ['DateTime', new Date(Date.UTC(1900, 0, 1))],
  'DateTime.None': ['DateTime', new Date(Date.UTC(1601, 0, 1))],
  'Guid': ['Guid', '72962B91-FA75-4AE6-8D28-B404DC7DAF63'],
  'ByteString': ['ByteString', bytes('00ff10e4b8ad')],
  'ByteString.Empty': ['ByteString', Buffer.alloc(0)],
  'ByteString.Null': ['ByteString', null],
  'XmlElement': ['XmlElement', '<state xmlns="urn:x">运行</state>'],
  'NodeId.Numeric': ['NodeId', resolveNodeId('i=2253')],
  'NodeId.String': ['NodeId', resolveNodeId('ns=3;s=压机.温度')],
  'NodeId.Guid': ['NodeId', resolveNodeId('ns=4;g=72962B91-FA75-4AE6-8D28-B404DC7DAF63')],
  'NodeId.Opaque': ['NodeId', resolveNodeId('ns=5;b=AAEC/w==')],
  'NodeId.Big': ['NodeId', resolveNodeId('ns=300;i=4294967295')],
  'ExpandedNodeId': ['ExpandedNodeId', new ExpandedNodeId(NodeIdType.NUMERIC, 42, 0, 'urn:elsewhere', 7)],
  'StatusCode': ['StatusCode', StatusCodes.BadDeviceFailure],
  'QualifiedName': ['QualifiedName', new QualifiedName({ namespaceIndex: 2, name: '转速' })],
  'LocalizedText': ['LocalizedText', text('zh-CN', '空压机')],
  'LocalizedText.TextOnly': ['LocalizedText', text(null, 'compressor')],
  'LocalizedText.LocaleOnly': ['LocalizedText', text('de', null)],
  'DiagnosticInfo': ['DiagnosticInfo', new DiagnosticInfo({ symbolicId: 3, additionalInfo: 'why' })],
}

/** A DataValue in the DataValue of an attribute is against Part 6, 5.1.9; a client may refuse the whole answer. */
export const illegal = ['DataValue', new DataValue({
  value: { dataType: DataType.Int16, value: -5 },
  sourceTimestamp: sourceTime,
})]

/** name: [type, elements, dimensions?] */
export const arrays = {
  Boolean: ['Boolean', [true, false, true]],
  SByte: ['SByte', Int8Array.from([-128, 0, 127])],
  Byte: ['Byte', Uint8Array.from([0, 128, 255])],
  Int16: ['Int16', Int16Array.from([-32768, 0, 32767])],
  UInt16: ['UInt16', Uint16Array.from([0, 65535])],
  Int32: ['Int32', Int32Array.from([-2147483648, 0, 2147483647])],
  UInt32: ['UInt32', Uint32Array.from([0, 4294967295])],
  Int64: ['Int64', [int64(-(2n ** 63n)), int64(0n), int64(2n ** 63n - 1n)]],
  UInt64: ['UInt64', [int64(0n), int64(2n ** 64n - 1n)]],
  Float: ['Float', Float32Array.from([0.5, -0.25, NaN])],
  Double: ['Double', Float64Array.from([0.1, -Infinity, 5e-324])],
  String: ['String', ['', '压机', null, 'last']],
  DateTime: ['DateTime', [at(Date.UTC(2024, 1, 29), 1), new Date(Date.UTC(1601, 0, 1))]],
  Guid: ['Guid', ['72962B91-FA75-4AE6-8D28-B404DC7DAF63', '00000000-0000-0000-0000-000000000000']],
  ByteString: ['ByteString', [bytes('01'), Buffer.alloc(0), bytes('0203')]],
  XmlElement: ['XmlElement', ['<a/>', '<b>乙</b>']],
  NodeId: ['NodeId', [resolveNodeId('i=85'), resolveNodeId('ns=2;s=x')]],
  ExpandedNodeId: ['ExpandedNodeId', [new ExpandedNodeId(NodeIdType.STRING, 'x', 2, null, 0)]],
  StatusCode: ['StatusCode', [StatusCodes.Good, StatusCodes.BadOutOfRange]],
  QualifiedName: ['QualifiedName', [new QualifiedName({ namespaceIndex: 1, name: 'a' })]],
  LocalizedText: ['LocalizedText', [text('en', 'on'), text('zh-CN', '开')]],
  Variant: ['Variant', [
    new Variant({ dataType: DataType.Int32, value: 1 }),
    new Variant({ dataType: DataType.String, value: '二' }),
    new Variant({ dataType: DataType.Double, value: 3.5 }),
  ]],
  Empty: ['Double', new Float64Array(0)],
  Long: ['Double', Float64Array.from({ length: 30_000 }, (_, index) => index / 7)],
  Matrix: ['Int32', Int32Array.from([1, 2, 3, 4, 5, 6]), [2, 3]],
  Cube: ['Double', Float64Array.from({ length: 24 }, (_, index) => index / 4), [2, 3, 4]],
  MatrixOfText: ['String', ['甲', '乙', '丙', '丁'], [2, 2]],
}

export const scalar = ([type, value]) =>
  new Variant({ dataType: DataType[type], arrayType: VariantArrayType.Scalar, value })

export const array = ([type, value, dimensions]) => new Variant({
  dataType: DataType[type],
  arrayType: dimensions ? VariantArrayType.Matrix : VariantArrayType.Array,
  value,
  dimensions: dimensions ?? null,
})

