// A message about the last action or an error, shown until closed.

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
