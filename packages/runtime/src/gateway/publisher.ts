/** Publishes results on their topics, checked against their schemas. */
import {
  encodeMessage,
  type MessageBody,
  type MessageKind,
  type TopicProperties,
  topicOf,
  topicProperties,
} from '@edgebeat/wire';
import type { IClientPublishOptions, MqttClient } from 'mqtt';

export class Publisher {
  private readonly client: MqttClient;
  private readonly withProperties: boolean;
  private readonly onError: (error: Error) => void;
  /** Messages that the broker has not acknowledged yet. */
  pending = 0;
  private waiting: (() => void)[] = [];

  constructor(client: MqttClient, onError: (error: Error) => void) {
    this.client = client;
    this.withProperties = client.options.protocolVersion === 5;
    this.onError = onError;
  }

  /**
   * Hands a message to the client, which keeps it until the broker has acknowledged it, over reconnections too.
   * @throws MessageError for a body that breaks its schema.
   */
  publish<Kind extends MessageKind>(device: string, kind: Kind, body: MessageBody<Kind>): void {
    const { qos, retain, contentType, messageExpirySeconds }: TopicProperties = topicProperties[kind];
    const options: IClientPublishOptions = { qos, retain };
    if (this.withProperties) {
      options.properties = { contentType };
      if (messageExpirySeconds !== undefined) options.properties.messageExpiryInterval = messageExpirySeconds;
    }
    this.pending++;
    this.client.publish(topicOf(device, kind), encodeMessage(kind, body), options, (error) => {
      this.pending--;
      if (error) this.onError(error);
      if (this.pending === 0) for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** Resolves once the broker has acknowledged everything. */
  drained(): Promise<void> {
    return this.pending === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}
