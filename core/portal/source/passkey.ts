// Passkeys: hands what the gateway asks for to the browser, and the browser's answer back, as text.
import type { FlowNode } from "./api_types.ts";

type Asked = NonNullable<FlowNode["public_key"]>;
type Listed = { id: string; type: string; transports?: string[] };

export const passkeysWork = (): boolean => "PublicKeyCredential" in globalThis;

function octets(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer | null): string | null {
  if (!buffer) return null;
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const listed = (all: Listed[] | undefined): PublicKeyCredentialDescriptor[] =>
  (all ?? []).map((one) => ({
    id: octets(one.id),
    type: "public-key",
    transports: (one.transports ?? []) as AuthenticatorTransport[],
  }));

// Browsers have words for these conversions only since lately, so they are made here for all of them.
function answerOf(credential: Credential | null, response: Record<string, unknown>): string {
  const made = credential as PublicKeyCredential;
  const id = text(made.rawId);
  return JSON.stringify({ id, rawId: id, type: made.type, response });
}

/** Makes a passkey; the text of the field. Rejects when its owner does not want to, or has it already. */
export async function makePasskey(asked: Asked): Promise<string> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    rp: asked.rp ?? { id: location.hostname, name: document.title },
    user: {
      id: octets(asked.user?.id ?? ""),
      name: asked.user?.name ?? "",
      displayName: asked.user?.displayName ?? "",
    },
    challenge: octets(asked.challenge),
    timeout: asked.timeout,
    pubKeyCredParams: (asked.pubKeyCredParams ?? []).map((one) => ({ type: "public-key", alg: one.alg })),
    excludeCredentials: listed(asked.excludeCredentials),
    authenticatorSelection: asked.authenticatorSelection as AuthenticatorSelectionCriteria,
    attestation: "none",
  };
  const made = await navigator.credentials.create({ publicKey });
  const response = (made as PublicKeyCredential).response as AuthenticatorAttestationResponse;
  return answerOf(made, {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

/** Uses a passkey; the text of the field. `quietly`: among what the browser fills in, until aborted. */
export async function usePasskey(asked: Asked, signal?: AbortSignal, quietly = false): Promise<string> {
  const used = await navigator.credentials.get({
    publicKey: {
      challenge: octets(asked.challenge),
      rpId: asked.rpId ?? location.hostname,
      timeout: asked.timeout,
      userVerification: "required",
      allowCredentials: listed(asked.allowCredentials),
    },
    ...(signal ? { signal } : {}),
    ...(quietly ? { mediation: "conditional" as CredentialMediationRequirement } : {}),
  });
  const response = (used as PublicKeyCredential).response as AuthenticatorAssertionResponse;
  return answerOf(used, {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: text(response.userHandle),
  });
}

/** Whether the browser can offer passkeys among what it fills in. */
export async function offersQuietly(): Promise<boolean> {
  const asks = globalThis.PublicKeyCredential as
    | { isConditionalMediationAvailable?: () => Promise<boolean> }
    | undefined;
  return (await asks?.isConditionalMediationAvailable?.().catch(() => false)) ?? false;
}

/** Tells the browser, where it listens, that the gateway knows a passkey no more. */
export function forgetPasskey(credentialId: string): void {
  const tells = globalThis.PublicKeyCredential as
    | { signalUnknownCredential?: (about: { rpId: string; credentialId: string }) => Promise<void> }
    | undefined;
  void tells?.signalUnknownCredential?.({ rpId: location.hostname, credentialId }).catch(() => undefined);
}
