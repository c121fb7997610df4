/** Lets one set-up at a time work in this checkout. A lock whose owner is gone is taken over. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 2_000;
/** A lock not touched for this long is stale, whoever made it (another container or host shows no process id here). */
const staleMs = 30_000;
const pollMs = 200;

/**
 * Waits for the lock and takes it.
 * @param {string} file
 * @param {(owner: string) => void} onWait called once where somebody else holds it
 * @returns {Promise<() => void>} gives the lock back; may be called twice
 */
export async function takeLock(file, onWait) {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: `${process.pid}-${Date.now()}` });
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const held = readHolder(file);
    if (held && isStale(held)) {
      discard(file, held.text);
    } else {
      if (!waited) onWait(held?.pid ? `process ${held.pid}` : 'another process');
      await sleep(pollMs);
    }
  }
  const heartbeat = setInterval(() => touch(file), heartbeatMs);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    if (readHolder(file)?.text === mine) rmSync(file, { force: true });
  };
}

/** What the lock file says, or undefined where it went away meanwhile. */
function readHolder(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const touchedMs = statSync(file).mtimeMs;
    try {
      return { ...JSON.parse(text), text, touchedMs };
    } catch {
      return { text, touchedMs };
    }
  } catch {
    return undefined;
  }
}

function isStale(held) {
  if (Date.now() - held.touchedMs > staleMs) return true;
  return held.host === hostname() && typeof held.pid === 'number' && !isAlive(held.pid);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Removes a stale lock. It is first renamed, which only one of several waiting processes can do, and put back should the
 * renamed file turn out to be a fresh lock that replaced the stale one in between.
 */
function discard(file, staleText) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') === staleText) rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function touch(file) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Somebody removed .cache by hand: the worst that follows is a second set-up at the same time.
  }
}
