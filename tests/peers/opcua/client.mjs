// node client.mjs OPTIONS-AS-JSON: node-opcua's client against a server, one JSON line for each thing that was tried.
// {"url": …, "folder": a folder of its own, "user": {"name","password"}, "certificate": PEM file, "key": PEM file,
//  "tasks": ["security", "read", "browse", "history", "subscribe", "methods"]}
import fs from 'node:fs'
import path from 'node:path'
import {
  AttributeIds, ClientMonitoredItemGroup, ClientSubscription, DataType, HistoryReadRequest, MessageSecurityMode,
  OPCUACertificateManager, OPCUAClient, ReadRawModifiedDetails, SecurityPolicy,
  TimestampsToReturn, UserTokenType, coerceNodeId, makeBrowsePath,
} from 'node-opcua'

const options = JSON.parse(process.argv[2])
const say = (what, facts) => console.log(JSON.stringify({ what, ...facts }, (_, value) =>
  typeof value === 'bigint' ? value.toString() : value))

const certificates = new OPCUACertificateManager({
  rootFolder: path.join(options.folder, 'client'), automaticallyAcceptUnknownCertificate: true,
})
const client = (policy, mode) => OPCUAClient.create({
  applicationName: 'node', clientCertificateManager: certificates, connectionStrategy: { maxRetry: 0 },
  endpointMustExist: false, keepSessionAlive: false, requestedSessionTimeout: 20_000,
  securityPolicy: SecurityPolicy[policy], securityMode: MessageSecurityMode[mode],
})

const identities = () => {
  const all = { anonymous: { type: UserTokenType.Anonymous } }
  if (options.user) {
    all.user = { type: UserTokenType.UserName, userName: options.user.name, password: options.user.password }
    all.wrong = { ...all.user, password: options.user.password + 'x' }
  }
  if (options.certificate) {
    const pem = fs.readFileSync(options.certificate, 'utf8')
    all.x509 = {
      type: UserTokenType.Certificate,
      certificateData: Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
      privateKey: fs.readFileSync(options.key, 'utf8'),
    }
  }
  return all
}

const withSession = async (policy, mode, identity, action) => {
  const one = client(policy, mode)
  try {
    await one.connect(options.url)
    const session = await one.createSession(identity)
    const result = await action(session)
    await session.close()
    return result
  } finally {
    await one.disconnect()
  }
}

const plain = action => withSession('None', 'None', identities().anonymous, action)
const value = answer => ({
  value: answer.value?.value, type: DataType[answer.value?.dataType], status: answer.statusCode.name,
  source: answer.sourceTimestamp, server: answer.serverTimestamp,
})

const tasks = {
  async security() {
    const secure = ['Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss']
    const ways = [['None', 'None'], ...secure.flatMap(policy => [[policy, 'Sign'], [policy, 'SignAndEncrypt']])]
    for (const [policy, mode] of ways) {
      for (const [identity, token] of Object.entries(identities())) {
        const facts = { policy, mode, identity }
        try {
          facts.status = await withSession(policy, mode, token,
            async session => (await session.read({ nodeId: 'i=2259', attributeId: AttributeIds.Value })).statusCode.name)
        } catch (error) {
          facts.error = error.message
        }
        say('security', facts)
      }
    }
  },

  read: () => plain(async session => {
    for (const nodeId of options.nodes) {
      const facts = value(await session.read({ nodeId, attributeId: AttributeIds.Value }))
      const rest = [AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.AccessLevel, AttributeIds.Historizing,
        AttributeIds.DisplayName, AttributeIds.BrowseName, AttributeIds.NodeClass, AttributeIds.MinimumSamplingInterval]
      const attributes = await session.read(rest.map(attributeId => ({ nodeId, attributeId })))
      say('read', { nodeId, ...facts, attributes: attributes.map(one => String(one.value.value)) })
    }
    for (const nodeId of options.structures ?? []) {
      const answer = await session.read({ nodeId, attributeId: AttributeIds.Value })
      say('structure', { nodeId, status: answer.statusCode.name, value: answer.value.value?.toJSON?.() })
    }
    const missing = await session.read({ nodeId: 'ns=1;s=NoSuchNode', attributeId: AttributeIds.Value })
    say('read', { nodeId: 'missing', ...value(missing) })
  }),

  browse: () => plain(async session => {
    const seen = new Map()
    const walk = async (nodeId, depth) => {
      let answer = await session.browse({ nodeId, browseDirection: 0, includeSubtypes: true, resultMask: 63,
        referenceTypeId: 'i=33' })
      const found = [...answer.references ?? []]
      let continued = 0
      while (answer.continuationPoint?.length) {
        answer = await session.browseNext(answer.continuationPoint, false)
        found.push(...answer.references)
        continued++
      }
      seen.set(String(nodeId), { count: found.length, continued })
      for (const reference of found) {
        if (depth > 0 && !seen.has(String(reference.nodeId))) await walk(reference.nodeId, depth - 1)
      }
    }
    await walk('RootFolder', 12)
    const folder = seen.get(options.folderNode)
    const translated = await session.translateBrowsePath(makeBrowsePath('RootFolder', options.path))
    say('browse', { nodes: seen.size, folder, target: String(translated.targets?.[0]?.targetId) })
  }),

  history: () => plain(async session => {
    const nodeId = coerceNodeId(options.historical)
    const values = []
    let continuationPoint
    let pages = 0
    do {
      const answer = await session.performMessageTransaction(new HistoryReadRequest({
        historyReadDetails: new ReadRawModifiedDetails({
          isReadModified: false, startTime: new Date(Date.now() - 3_600_000), endTime: new Date(),
          numValuesPerNode: 100, returnBounds: false,
        }),
        timestampsToReturn: TimestampsToReturn.Both,
        nodesToRead: [{ nodeId, continuationPoint }],
      }))
      const [result] = answer.results
      values.push(...result.historyData?.dataValues ?? [])
      continuationPoint = result.continuationPoint
      pages++
    } while (continuationPoint?.length)
    say('history', { count: values.length, pages, first: values[0]?.value.value, last: values.at(-1)?.value.value })
  }),

  subscribe: () => plain(async session => {
    const subscription = ClientSubscription.create(session, {
      requestedPublishingInterval: 100, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 5,
      maxNotificationsPerPublish: options.maxNotifications ?? 0, publishingEnabled: true, priority: 1,
    })
    const items = options.counters.map(nodeId => ({ nodeId, attributeId: AttributeIds.Value }))
    const group = ClientMonitoredItemGroup.create(subscription, items,
      { samplingInterval: options.sampling ?? 100, queueSize: 50, discardOldest: true }, TimestampsToReturn.Both)
    const last = new Map()
    let received = 0
    let lost = 0
    group.on('changed', (item, answer) => {
      const key = String(item.itemToMonitor.nodeId)
      const number = answer.value.value
      if (last.has(key)) lost += number - last.get(key) - 1
      last.set(key, number)
      received++
    })
    const end = Date.now() + (options.seconds ?? 3) * 1000
    while (Date.now() < end) await new Promise(resolve => setTimeout(resolve, 50))
    say('subscribe', { items: items.length, seen: last.size, received, lost })
    await subscription.terminate()
  }),

  methods: () => plain(async session => {
    const subscription = ClientSubscription.create(session, {
      requestedPublishingInterval: 50, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 5,
      maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
    })
    const group = ClientMonitoredItemGroup.create(subscription,
      options.nodes.map(nodeId => ({ nodeId, attributeId: AttributeIds.Value })),
      { samplingInterval: 50, queueSize: 10, discardOldest: true }, TimestampsToReturn.Both)
    let received = 0
    group.on('changed', () => received++)
    const until = async count => {
      const end = Date.now() + 20_000
      while (received < count && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 20))
    }
    await until(options.nodes.length)
    const first = received
    const items = await session.getMonitoredItems(subscription.subscriptionId)
    const call = async methodId => (await session.call({
      objectId: 'i=2253', methodId, inputArguments: [{ dataType: DataType.UInt32, value: subscription.subscriptionId }],
    })).statusCode.name
    const resend = await call('i=12873')
    await until(2 * options.nodes.length)
    say('methods', { first, items: items.clientHandles.length, resend, received, other: await call('i=11489') })
    await subscription.terminate()
  }),
}

await certificates.initialize()
for (const task of options.tasks) {
  try {
    await tasks[task]()
  } catch (error) {
    say(task, { error: error.stack })
  }
}
await certificates.dispose()
process.exit(0)
