// An OpenID provider for tests: `oidc-provider`, which the OpenID Foundation has certified, with its
// own pages, where anybody is who they type. PROVIDER is JSON: packages, port, client, secret,
// redirect; claims to put into ID tokens instead of the right ones; sign: "right", "other key",
// "secret" or "none".
import { generateKeyPairSync, randomUUID } from 'node:crypto';

// Standard output is read until it is ready, and closed then.
console.log = console.info = console.error;
const settings = JSON.parse(process.env.PROVIDER);
const { default: Provider } = await import(`${settings.packages}/oidc-provider/lib/index.js`);
const jose = await import(`${settings.packages}/jose/dist/node/esm/index.js`);

const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const [own, other] = [key(), key()];
// Another key at each start, under another name.
const kid = randomUUID();
const issuer = `http://127.0.0.1:${settings.port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: settings.client,
    client_secret: settings.secret,
    redirect_uris: [settings.redirect],
    token_endpoint_auth_method: settings.method,
  }],
  clientAuthMethods: [settings.method],
  jwks: { keys: [{ ...(await jose.exportJWK(own)), kid, alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['of one test'] },
  // No code without a challenge.
  pkce: { required: () => true, methods: ['S256'] },
  // Nobody is asked for consent.
  async loadExistingGrant(ctx) {
    const [clientId, accountId] = [ctx.oidc.client.clientId, ctx.oidc.session.accountId];
    const grant = new ctx.oidc.provider.Grant({ clientId, accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

async function signed(claims) {
  const jwt = new jose.SignJWT(claims);
  switch (settings.sign) {
    case 'none':
      return new jose.UnsecuredJWT(claims).encode();
    case 'secret': {
      const secret = new TextEncoder().encode(settings.secret);
      return jwt.setProtectedHeader({ alg: 'HS256' }).sign(secret);
    }
    case 'other key':
      return jwt.setProtectedHeader({ alg: 'RS256', kid }).sign(other);
    default:
      return jwt.setProtectedHeader({ alg: 'RS256', kid }).sign(own);
  }
}

provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token' && ctx.body?.id_token) {
    const claims = { ...jose.decodeJwt(ctx.body.id_token), ...settings.claims };
    ctx.body = { ...ctx.body, id_token: await signed(claims) };
  }
});

provider.listen(settings.port, '127.0.0.1', () => process.stdout.write('ready\n'));
