// A button that opens a file: a file input, visually hidden behind its label.
/**
 * @param {object} props
 * @param {string} props.label
 * @param {string} props.accept file types, as for an input's `accept`
 * @param {(file: File) => unknown} props.onFile
 */
export function FileButton({ label, accept, onFile }) {
  return (
    <label class="file">
      <span>{label}</span>
      <input
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
          currentTarget.value = ''; // otherwise choosing the same file again fires no change event
        }}
      />
    </label>
  );
}
