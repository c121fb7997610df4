/** Options of every command that speaks to a broker. */
import { readFile } from 'node:fs/promises';
import { type BrokerOptions, requireBrokerUrl } from '@edgebeat/wire';
import type { Command } from 'commander';
import { choiceOption } from '../option-values.js';

export interface BrokerFlags {
  broker: string;
  mqtt: '3.1.1' | '5';
  username?: string;
  passwordFile?: string;
  ca?: string;
}

/** Adds the options to a command. */
export function addBrokerFlags(command: Command): Command {
  return command
    .option('--broker <url>', 'mqtt://, mqtts://, ws:// or wss:// address of the broker', 'mqtt://localhost:1883')
    .addOption(choiceOption('--mqtt <version>', 'version of the protocol', ['3.1.1', '5']).default('5'))
    .option('--username <name>', 'name to log in with')
    .option('--password-file <file>', 'file that holds the password; or the variable EDGEBEAT_MQTT_PASSWORD')
    .option('--ca <file>', "PEM of the authority that signed the broker's certificate");
}

/** @throws BrokerError for an address that is none; the file system's error for a file that cannot be read. */
export async function readBrokerFlags(flags: BrokerFlags): Promise<BrokerOptions> {
  requireBrokerUrl(flags.broker);
  const password = flags.passwordFile
    ? (await readFile(flags.passwordFile, 'utf8')).trimEnd()
    : process.env.EDGEBEAT_MQTT_PASSWORD;
  return {
    url: flags.broker,
    protocolVersion: flags.mqtt === '5' ? 5 : 4,
    username: flags.username,
    password,
    ca: flags.ca === undefined ? undefined : await readFile(flags.ca, 'utf8'),
  };
}
