/** How to reach an MQTT broker, and what can be an address of one. */

/** How to reach a broker. */
export interface BrokerOptions {
  /** `mqtt://host:1883`, `mqtts://host:8883`, `ws://…`, `wss://…`. */
  readonly url: string;
  /** 4 is MQTT 3.1.1, 5 is MQTT 5. */
  readonly protocolVersion: 4 | 5;
  readonly username?: string;
  readonly password?: string;
  /** PEM of the authority that signed the broker's certificate; the system's by default. */
  readonly ca?: string;
  /** PEM of the client's own certificate and key, where the broker asks for them. */
  readonly cert?: string;
  readonly key?: string;
}

const schemes: readonly string[] = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];
/** Printable ASCII without the characters that mean something in topics and access lists. */
const clientIdPattern = /^[!"$-*,-.0-~]{1,128}$/;

/** Something that cannot be told to a broker, or be one. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}

/** @throws BrokerError for an address that is none. */
export function requireBrokerUrl(url: string): void {
  const { protocol = '', hostname = '' } = URL.canParse(url) ? new URL(url) : {};
  if (schemes.includes(protocol) && hostname !== '') return;
  throw new BrokerError(`'${url}' is no address of a broker`, 'Give one like mqtt://localhost:1883.');
}

/**
 * MQTT lets a broker refuse ids beyond 23 characters and lets ids be any UTF-8; what is taken here is what brokers in use
 * take.
 *
 * @throws BrokerError for an id that is not 1 to 128 characters of printable ASCII without space, `/`, `+` and `#`.
 */
export function requireClientId(id: string): void {
  if (clientIdPattern.test(id)) return;
  const shown = id.length > 40 ? `${id.slice(0, 40)}… (${id.length} characters)` : id;
  throw new BrokerError(
    `'${shown}' is no MQTT client id`,
    'Use 1 to 128 letters, digits and signs of ASCII, without space, / + and #.',
  );
}
