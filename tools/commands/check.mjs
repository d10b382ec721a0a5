// npm run check: types, lint and formatting.
import { check } from '../setup/checks.mjs';
import { requireNodePackages } from '../setup/node-packages.mjs';
import { main, say } from '../setup/shell.mjs';

await main(async () => {
  requireNodePackages();
  await check();
  say('All is in order');
});
