/** MQTT topics: `edgebeat/v1/{device}/{kind}`. */

/** What is told on a device's topics, and how it is published. */
export interface TopicProperties {
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** MQTT 5 content type. */
  readonly contentType: string;
  /** MQTT 5 message expiry, seconds: how long a message is worth keeping for a subscriber that is away. */
  readonly messageExpirySeconds?: number;
}

const json = 'application/json';

/** Every kind of topic. A status never expires: it is the last word on a device. */
export const topicProperties = {
  /** Binary frames, from the device. */
  ecg: { qos: 1, retain: false, contentType: 'application/vnd.edgebeat.frame', messageExpirySeconds: 3600 },
  /** State of the device, from the device or by its last will. */
  status: { qos: 1, retain: true, contentType: json },
  /** Results of the gateway. */
  beat: { qos: 1, retain: false, contentType: json, messageExpirySeconds: 60 },
  identity: { qos: 1, retain: false, contentType: json, messageExpirySeconds: 300 },
  activity: { qos: 1, retain: false, contentType: json, messageExpirySeconds: 300 },
  quality: { qos: 1, retain: false, contentType: json, messageExpirySeconds: 60 },
  /** Commands to the gateway about a device. */
  cmd: { qos: 1, retain: false, contentType: json, messageExpirySeconds: 30 },
} as const satisfies Record<string, TopicProperties>;

export type TopicKind = keyof typeof topicProperties;

export const topicKinds = Object.keys(topicProperties) as readonly TopicKind[];

const ROOT = 'edgebeat/v1';
const devicePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A device id or a topic outside the contract. */
export class TopicError extends Error {
  override readonly name = 'TopicError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}

/** Whether a text can name a device: 1 to 64 of `A-Z a-z 0-9 . _ -`, beginning with a letter or digit. */
export function isDeviceId(text: string): boolean {
  return devicePattern.test(text);
}

/**
 * @returns for example `edgebeat/v1/watch-1/ecg`.
 * @throws TopicError for a device id that is not one.
 */
export function topicOf(device: string, kind: TopicKind): string {
  requireDeviceId(device);
  return `${ROOT}/${device}/${kind}`;
}

/**
 * @param kind what to hear of.
 * @param device one device; all where not given.
 * @returns a subscription filter, for example `edgebeat/v1/+/ecg`.
 * @throws TopicError for a device id that is not one.
 */
export function subscriptionFilter(kind: TopicKind, device?: string): string {
  if (device !== undefined) requireDeviceId(device);
  return `${ROOT}/${device ?? '+'}/${kind}`;
}

/**
 * Device and kind of a topic on which a message arrived.
 *
 * @throws TopicError for a topic that is not of this contract.
 */
export function parseTopic(topic: string): { readonly device: string; readonly kind: TopicKind } {
  const parts = topic.split('/');
  const [root, version, device, kind] = parts;
  if (parts.length !== 4 || `${root}/${version}` !== ROOT || !topicKinds.includes(kind as TopicKind)) {
    const kinds = topicKinds.join('|');
    throw new TopicError(`'${topic}' is no topic of edgebeat`, `Topics read ${ROOT}/{device}/${kinds}.`);
  }
  requireDeviceId(device!);
  return { device: device!, kind: kind as TopicKind };
}

function requireDeviceId(device: string): void {
  if (isDeviceId(device)) return;
  throw new TopicError(
    `'${device}' is no device id`,
    'Use 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit.',
  );
}
