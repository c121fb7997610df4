/** The C of the template applications under static analysis. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { templates } from './exported-network.js';

const STUBS = ['api-stubs/esp-idf', '../zephyr/api-stubs'].map((name) => fileURLToPath(new URL(name, import.meta.url)));

describeWithProgram('cppcheck', 'the template applications', (cppcheck) => {
  test.each(['common', 'zephyr/app/src', 'zephyr/drivers', 'esp-idf/main'])('%s is clean', (folder) => {
    const flags = ['--std=c11', '--enable=warning,style,performance,portability', '--error-exitcode=1', '-q'];
    const includes = ['core/include', 'common', 'zephyr/app/src', ...STUBS].map((name) => `-I${name}`);
    const { status, stderr } = spawnSync(cppcheck, [...flags, ...includes, '--file-filter=*.c', folder], {
      cwd: templates,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});
