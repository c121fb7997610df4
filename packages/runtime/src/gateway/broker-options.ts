/** How to reach a broker, in the words of the command line and of MQTT.js. */
import type { IClientOptions } from 'mqtt';
import { RuntimeError } from '../runtime-error.js';

export interface BrokerOptions {
  /** `mqtt://host:1883`, `mqtts://host:8883`, `ws://…`, `wss://…`. */
  readonly url: string;
  /** 4 is MQTT 3.1.1, 5 is MQTT 5. */
  readonly protocolVersion: 4 | 5;
  readonly username?: string;
  readonly password?: string;
  /** PEM of the authority that signed the broker's certificate; the system's by default. */
  readonly ca?: string;
}

const schemes = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];
/** How long a broker keeps what comes while the client is away, with MQTT 5. */
const sessionExpirySeconds = 3600;

/**
 * @throws RuntimeError for an address that is none.
 */
export function clientOptions(broker: BrokerOptions, clientId: string): IClientOptions {
  if (!URL.canParse(broker.url) || !schemes.includes(new URL(broker.url).protocol))
    throw new RuntimeError(`'${broker.url}' is no address of a broker`, 'Give one like mqtt://localhost:1883.');
  const options: IClientOptions = {
    clientId,
    protocolVersion: broker.protocolVersion,
    clean: false,
    connectTimeout: 10_000,
    resubscribe: true,
  };
  if (broker.protocolVersion === 5) options.properties = { sessionExpiryInterval: sessionExpirySeconds };
  if (broker.username !== undefined) options.username = broker.username;
  if (broker.password !== undefined) options.password = broker.password;
  if (broker.ca !== undefined) options.ca = broker.ca;
  return options;
}
