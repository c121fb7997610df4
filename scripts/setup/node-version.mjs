/** Stops with one clear message on a Node.js that is too old. Import it before anything that needs the newer one. */
const oldestMajor = 20;

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  process.stderr.write(
    `error: edgebeat needs Node.js ${oldestMajor} or newer, this is ${process.versions.node} (${process.execPath})\n` +
      'hint: Debian/Ubuntu: sudo apt-get install nodejs npm, where the release has 20; elsewhere https://nodejs.org\n',
  );
  process.exit(2);
}
