// npm run dev: serves the page from source, with hot reload.
import { main } from '../setup/shell.mjs';
import { preparePage, becomeVite } from '../setup/site.mjs';

await main(() => {
  preparePage();
  becomeVite(...process.argv.slice(2));
});
