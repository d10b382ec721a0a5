// npm run ska -- run …: builds the native command if needed, then runs it.
import { requireData } from '../setup/data.mjs';
import { buildNative } from '../setup/cmake.mjs';
import { requireNodePackages } from '../setup/node-packages.mjs';
import { become, main, projectDir } from '../setup/shell.mjs';

await main(() => {
  requireNodePackages();
  requireData();
  buildNative('native', ['ska']);
  become(`${projectDir}/build/native/ska`, process.argv.slice(2));
});
