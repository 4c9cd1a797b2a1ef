// The company's identity provider as oidc-provider makes it: `node corporate.mjs PORT`. Who signs in is named by `login_hint`, for
// nobody is there to type; everything else is as it comes.
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const home = path.join(process.env.OIDC_PROVIDER_HOME, 'node_modules/oidc-provider/lib/index.js');
const { default: Provider } = await import(pathToFileURL(home));

const port = Number(process.argv[2]);
const issuer = `http://localhost:${port}`;
const people = {
  'e-1041': { name: 'Rita Okafor', email: 'rita.okafor@telco.example.com', groups: '[telco-sales]' },
  'e-1007': { name: 'Sergio Lind', email: 'sergio.lind@telco.example.com', groups: '[telco-sales, telco-approvers]' },
  'e-1112': { name: 'Noor Haddad', email: 'noor.haddad@telco.example.com', groups: '[telco-negotiators]' },
  'e-1003': { name: 'Ana Brandt', email: 'ana.brandt@telco.example.com', groups: '[telco-approvers]' },
};

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'user-pool',
    client_secret: 'what-only-the-user-pool-knows',
    redirect_uris: [`${issuer}/none`],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  // Cognito reads the ID token
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email_verified: true, ...people[id] }) }),
  pkce: { required: () => false },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/signing-in/${interaction.uid}` },
  cookies: { keys: ['a key that is no secret'] },
});

// Each test has a user pool of its own, at a port that is not known beforehand
provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/localhost:\d+\/oauth2\/idpresponse$/.test(uri);

async function signIn(request, response) {
  const { params, grantId } = await provider.interactionDetails(request, response);
  const accountId = params.login_hint;
  if (!people[accountId]) {
    response.writeHead(401).end('nobody');
    return;
  }
  const grant = (grantId && await provider.Grant.find(grantId)) || new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

const answer = provider.callback();
http.createServer((request, response) => {
  if (request.url.startsWith('/signing-in/')) {
    signIn(request, response).catch((error) => response.writeHead(500).end(String(error)));
  } else {
    answer(request, response);
  }
}).listen(port, '127.0.0.1');
