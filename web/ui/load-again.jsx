// What could not be loaded, and the button that tries again.

/** @param {{ again: () => void }} props */
export const TryAgain = ({ again }) => (
  <button type="button" class="small" onClick={again}>
    Try again
  </button>
);

/** Where the page itself could not be loaded. @param {{ session: import('../state/session.js').Session, loadAgain: () => void }} props */
export const LoadAgain = ({ session, loadAgain }) =>
  session.phase === 'failed' && !session.hasData ? <TryAgain again={loadAgain} /> : null;

/**
 * A part of the page that is being fetched, or could not be. A browser keeps a script that failed for as long as the page
 * is open, so trying again loads the page again; its address says what it shows.
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
