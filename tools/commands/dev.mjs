// npm run dev: serves the page from its sources and shows every change at once.
import { main } from '../setup/shell.mjs';
import { preparePage, becomeVite } from '../setup/site.mjs';

await main(() => {
  preparePage();
  becomeVite(...process.argv.slice(2));
});
