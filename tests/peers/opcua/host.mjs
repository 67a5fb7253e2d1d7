// What both servers share: options in, a running server out, and commands line by line.
//
//   node server.mjs '{"port":4840,"folder":"/tmp/x", ...}'
//
// stdout   READY {json}                 once, when the server answers
//          OK NUMBER, ERROR NUMBER why  one line for each line on stdin
// stdin    NUMBER COMMAND WORD...       its end ends the server, so that no server outlives its test
import path from 'node:path'
import fs from 'node:fs'
import readline from 'node:readline'
import { createHash } from 'node:crypto'
import {
  MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, WellKnownRoles, makeRoles,
} from 'node-opcua'

const defaults = {
  port: 0,
  folder: '.',
  applicationUri: 'urn:edgeagent:peer:application',
  trustAll: true,
  anonymous: true,
  users: { operator: 'op-pass', viewer: 'view-pass' },
  limits: {},
  securityPolicies: ['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'],
}

/** The options of this process: its only argument, a JSON object, over the defaults. */
export function readOptions(own) {
  const given = JSON.parse(process.argv[2] ?? '{}')
  const options = { ...defaults, ...own, ...given }
  for (const name of Object.keys(given)) {
    if (!(name in defaults) && !(name in own)) throw new Error(`there is no option ${name}`)
  }
  return options
}

/**
 * Starts a server, fills its address space and says READY.
 * @param options what readOptions gave
 * @param nodesets NodeSet2 files, in the order of their namespaces
 * @param fill async (addressSpace, server) => { name: async (words) => void }, the commands
 */
export async function host(options, nodesets, fill) {
  const trust = name => new OPCUACertificateManager({
    rootFolder: path.join(options.folder, name),
    automaticallyAcceptUnknownCertificate: options.trustAll,
  })
  const serverTrust = trust('pki')
  const userTrust = trust('user-pki')
  const server = new OPCUAServer({
    port: options.port,
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    alternateHostname: ['localhost', '127.0.0.1'],
    serverCertificateManager: serverTrust,
    userCertificateManager: userTrust,
    nodeset_filename: nodesets,
    serverInfo: {
      applicationUri: options.applicationUri,
      productUri: 'urn:edgeagent:peer:product',
      applicationName: { text: 'peer', locale: 'en' },
    },
    buildInfo: { productName: 'peer', manufacturerName: 'peer', softwareVersion: '1' },
    securityPolicies: options.securityPolicies.map(name => SecurityPolicy[name]),
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: options.anonymous,
    disableDiscovery: true,
    maxConnectionsPerEndpoint: 100,
    userManager: {
      isValidUser: (name, password) => Object.hasOwn(options.users, name) && options.users[name] === password,
      getUserRoles: () => makeRoles([WellKnownRoles.AuthenticatedUser, WellKnownRoles.Operator]),
    },
    serverCapabilities: { maxSessions: 100, operationLimits: options.limits },
  })
  await server.initialize()
  const commands = await fill(server.engine.addressSpace, server)
  await server.start()

  const certificate = server.getCertificate()
  console.log('READY ' + JSON.stringify({
    endpoint: server.getEndpointUrl(),
    applicationUri: options.applicationUri,
    certificate: certificate.toString('base64'),
    thumbprint: createHash('sha1').update(certificate).digest('hex').toUpperCase(),
    trustedFolder: path.join(options.folder, 'pki', 'trusted', 'certs'),
    rejectedFolder: path.join(options.folder, 'pki', 'rejected'),
    namespaces: server.engine.addressSpace.getNamespaceArray().map(namespace => namespace.namespaceUri),
  }))
  obey(server, serverTrust, commands)
}

function obey(server, serverTrust, own) {
  const commands = {
    ...own,
    // Every connection is cut as a pulled cable cuts it: without a word to the client or to the sessions.
    drop: async () => {
      for (const endpoint of server.endpoints) endpoint.abruptlyInterruptChannels()
    },
    // Sessions and subscriptions are forgotten; the connections stay.
    forget: async () => {
      for (const session of Object.values(server.engine._sessions)) {
        server.engine.closeSession(session.authenticationToken, true, 'Forcing')
      }
    },
    trust: async ([file]) => { await serverTrust.trustCertificate(fs.readFileSync(file)) },
  }
  const lines = readline.createInterface({ input: process.stdin })
  let last = Promise.resolve()
  lines.on('line', line => {
    last = last.then(async () => {
      const [number, name, ...words] = line.trim().split(/\s+/)
      try {
        if (!Object.hasOwn(commands, name)) throw new Error(`there is no command ${name}`)
        await commands[name](words)
        console.log('OK ' + number)
      } catch (error) {
        console.log(`ERROR ${number} ` + String(error?.message ?? error).replaceAll('\n', ' '))
      }
    })
  })
  lines.on('close', () => process.exit(0))
}
