// A server with the companion models of machines: one instance each of Machinery, MachineTool and PackML.
//
//   state MACHINE MACHINE-PART STATE [TEXT]    Press1 MachineryItemState Executing 运行中
//   set MACHINE VARIABLE VALUE                 Mill1 FeedOverride 80
import { DataType, StatusCodes } from 'node-opcua'
import { nodesets } from 'node-opcua-nodesets'
import { host, readOptions } from './host.mjs'

const uris = {
  di: 'http://opcfoundation.org/UA/DI/',
  machinery: 'http://opcfoundation.org/UA/Machinery/',
  machineTool: 'http://opcfoundation.org/UA/MachineTool/',
  packMl: 'http://opcfoundation.org/UA/PackML/',
  plant: 'urn:edgeagent:peer:plant',
}

const options = readOptions({
  reordered: false, // PackML comes before all others, so that every namespace has another index
})

const machineTool = [
  nodesets.di, nodesets.ia, nodesets.isa95JobControl, nodesets.machinery, nodesets.machineryJobs, nodesets.machineTool,
]
const files = options.reordered ? [nodesets.packML, ...machineTool] : [...machineTool, nodesets.packML]

await host(options, [nodesets.standard, ...files], async space => {
  const plant = space.registerNamespace(uris.plant)
  const index = Object.fromEntries(Object.entries(uris).map(([name, uri]) => [name, space.getNamespaceIndex(uri)]))
  const type = (name, space_) => {
    const found = space.findObjectType(name, index[space_])
    if (!found) throw new Error(`there is no ${name} in ${uris[space_]}`)
    return found
  }
  const machines = { Press1: press(), Mill1: mill(), Filler1: filler() }

  // The folder that Machinery gives to a server: every machine is found there.
  function machinesFolder() {
    return space.rootFolder.objects.getFolderElementByName('Machines', index.machinery)
  }

  function press() {
    const machine = plant.addObject({
      organizedBy: machinesFolder(), browseName: 'Press1', displayName: '一号压力机', nodeId: 's=Press1',
    })
    const blocks = plant.addObject({
      componentOf: machine, nodeId: 's=Press1.Blocks', typeDefinition: 'FolderType',
      browseName: { namespaceIndex: index.machinery, name: 'MachineryBuildingBlocks' },
    })
    const parts = {}
    const add = (name, typeName) => {
      parts[name] = type(typeName, 'machinery').instantiate({
        browseName: { namespaceIndex: index.machinery, name }, nodeId: `s=Press1.${name}`, namespace: plant,
        optionals: ['CurrentState.Number'],
      })
      blocks.addReference({ referenceType: 'HasAddIn', nodeId: parts[name] })
      machine.addReference({ referenceType: 'HasAddIn', nodeId: parts[name] })
    }
    add('MachineryItemState', 'MachineryItemState_StateMachineType')
    add('MachineryOperationMode', 'MachineryOperationModeStateMachineType')
    const identification = type('MachineIdentificationType', 'machinery').instantiate({
      browseName: { namespaceIndex: index.di, name: 'Identification' }, nodeId: 's=Press1.Identification',
      namespace: plant,
    })
    machine.addReference({ referenceType: 'HasAddIn', nodeId: identification })
    return { parts, variables: {} }
  }

  function mill() {
    const machine = type('MachineToolType', 'machineTool').instantiate({
      organizedBy: machinesFolder(), browseName: 'Mill1', displayName: '加工中心一号', nodeId: 's=Mill1',
      namespace: plant,
      optionals: [
        'Monitoring.MachineTool.MachineryItemState', 'Monitoring.MachineTool.MachineryOperationMode',
        'Monitoring.MachineTool.FeedOverride', 'Monitoring.MachineTool.PowerOnDuration',
      ],
    })
    const monitoring = machine.monitoring.machineTool
    return {
      parts: {
        MachineryItemState: monitoring.machineryItemState,
        MachineryOperationMode: monitoring.machineryOperationMode,
      },
      variables: {
        FeedOverride: monitoring.feedOverride,
        OperationMode: monitoring.operationMode,
        PowerOnDuration: monitoring.powerOnDuration,
      },
    }
  }

  function filler() {
    const machine = type('PackMLBaseObjectType', 'packMl').instantiate({
      organizedBy: space.rootFolder.objects, browseName: 'Filler1', displayName: '灌装机', nodeId: 's=Filler1',
      namespace: plant,
    })
    const base = machine.baseStateMachine
    const machineState = base.machineState
    return {
      parts: { BaseStateMachine: base, MachineState: machineState, ExecuteState: machineState.executeState },
      variables: { CurMachSpeed: machine.status.curMachSpeed, EquipmentBlocked: machine.status.equipmentBlocked },
    }
  }

  const enter = (machine, part, state, text) => {
    const node = machines[machine]?.parts[part]
    if (!node) throw new Error(`${machine} has no part ${part}`)
    const entered = stateOf(node.typeDefinitionObj, state)
    if (!entered) throw new Error(`${node.typeDefinitionObj.browseName} has no state ${state}`)
    const now = new Date()
    const set = (variable, dataType, value) => variable?.setValueFromSource({ dataType, value }, StatusCodes.Good, now)
    set(node.currentState.number, DataType.UInt32, entered.stateNumber?.readValue().value.value)
    set(node.currentState.id, DataType.NodeId, entered.nodeId)
    set(node.currentState, DataType.LocalizedText, text
      ? { locale: 'zh-CN', text } : { locale: 'en', text: state })
  }
  enter('Press1', 'MachineryItemState', 'NotExecuting')
  enter('Press1', 'MachineryOperationMode', 'Setup')
  enter('Mill1', 'MachineryItemState', 'Executing')
  enter('Mill1', 'MachineryOperationMode', 'Processing')
  enter('Filler1', 'BaseStateMachine', 'Cleared')
  enter('Filler1', 'MachineState', 'Running')
  enter('Filler1', 'ExecuteState', 'Execute')

  return {
    state: async ([machine, part, state, text]) => enter(machine, part, state, text),
    set: async ([machine, name, value]) => {
      const variable = machines[machine]?.variables[name]
      if (!variable) throw new Error(`${machine} has no variable ${name}`)
      const { dataType } = variable.readValue().value
      variable.setValueFromSource({
        dataType: dataType || DataType.Double, value: dataType === DataType.Boolean ? value === 'true' : Number(value),
      })
    },
  }
})

/** The state of a name in a state machine type or in the types above it. */
function stateOf(machineType, name) {
  for (let at = machineType; at; at = at.subtypeOfObj) {
    const found = at.getComponents().find(node => node.browseName.name === name) ??
      at.findReferencesAsObject('Aggregates').find(node => node.browseName.name === name)
    if (found) return found
  }
  return null
}
