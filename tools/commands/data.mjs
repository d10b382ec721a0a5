// npm run data: prepares the data sets and verifies their digests.
import { prepareData } from '../setup/data.mjs';
import { requireNodePackages } from '../setup/node-packages.mjs';
import { main, say } from '../setup/shell.mjs';

await main(() => {
  requireNodePackages();
  prepareData();
  say('The data sets are in public/data');
});
