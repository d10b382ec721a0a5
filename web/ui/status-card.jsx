// Status of the run: a sentence announced on changes, three facts, the fingerprint, and the engine in use.
import { useEffect, useState } from 'preact/hooks';

import { LoadAgain } from './load-again.jsx';
import { engineText, facts, message, proof } from './words.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 */

/** @param {{ client: EngineClient, changes: number }} props */
function EngineChip({ client, changes }) {
  const [about, setAbout] = useState(/** @type {import('../model/types.js').About | null} */ (null));
  useEffect(() => {
    client.about.then(setAbout, () => setAbout(null)); // the message reports why the engine failed
  }, [client, changes]);
  const { title, detail } = about ? engineText(about) : { title: '', detail: '' };
  return (
    <p id="engine" class="engine">
      <span class="chip" id="engine-title">
        {title}
      </span>{' '}
      <span id="engine-detail">{detail}</span>
    </p>
  );
}

/** @param {{ lab: Lab, client: EngineClient, loadAgain: () => void }} props */
export function StatusCard({ lab, client, loadAgain }) {
  const { session } = lab;
  const changes = lab.changes.value;
  const [title, fingerprint, note] = proof(session);
  const { recording, phase } = session;
  const download = lab.download.value;
  return (
    <>
      <section class="status" aria-label="Progress">
        <progress id="progress" max={recording.config.steps} value={recording.steps} aria-label="Steps taken" />
        <p id="facts" class="facts">
          {facts(session)}
        </p>
        <p id="message" class={phase === 'failed' ? 'message wrong' : 'message'} role="status">
          {download === null ? message(session) : `Fetching the whole data set: ${Math.round(100 * download)} %`}
        </p>
        <LoadAgain session={session} loadAgain={loadAgain} />
      </section>
      <section class="evidence" aria-label="Engine and fingerprint">
        <p id="proof" class="proof">
          <span id="proof-title">{title}</span> <code id="fingerprint">{fingerprint}</code>{' '}
          <span id="proof-note">{note}</span>
        </p>
        <EngineChip client={client} changes={changes} />
      </section>
    </>
  );
}
