// What was just done, or could not be? A sentence, until the reader closes it.

/** @param {{ notice: import('@preact/signals').Signal<string> }} props */
export const Notice = ({ notice }) => (
  <div class="notice" role="status">
    {notice.value && (
      <p>
        {notice.value}{' '}
        <button type="button" class="quiet" onClick={() => (notice.value = '')}>
          Close
        </button>
      </p>
    )}
  </div>
);
