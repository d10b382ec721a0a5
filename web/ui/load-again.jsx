// Shows what could not be loaded, with a button that retries.

/** @param {{ again: () => void }} props */
export const TryAgain = ({ again }) => (
  <button type="button" class="small" onClick={again}>
    Try again
  </button>
);

/**
 * Shown when the page itself could not be loaded.
 * @param {{ session: import('../state/session.js').Session, loadAgain: () => void }} props
 */
export const LoadAgain = ({ session, loadAgain }) =>
  session.phase === 'failed' && !session.hasData ? <TryAgain again={loadAgain} /> : null;

/**
 * Placeholder for a part of the page that is loading or could not be loaded. A browser remembers a failed module script
 * as long as the page is open, so a retry reloads the page. Its address keeps what it shows.
 * @param {{ what: string, trouble: string }} props
 */
export const Fetched = ({ what, trouble }) => (
  <p class="help" role="status">
    {trouble ? (
      <>
        {trouble} <TryAgain again={() => location.reload()} />
      </>
    ) : (
      `${what} are being fetched…`
    )}
  </p>
);
