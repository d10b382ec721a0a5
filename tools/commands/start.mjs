// npm start: installs and builds what is missing, serves the page and prints its address.
import { main, say } from '../setup/shell.mjs';
import { buildSite, becomeVite } from '../setup/site.mjs';

await main(() => {
  buildSite();
  say('Serving the page; Ctrl+C ends it');
  becomeVite('preview', '--logLevel', 'info', ...process.argv.slice(2));
});
