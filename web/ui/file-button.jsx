// A button that opens a file: a file input, which the style sheet hides behind its label.
/**
 * @param {object} props
 * @param {string} props.label
 * @param {string} props.accept the types of file, as an input's `accept`
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
          currentTarget.value = ''; // or the same file, chosen again, would change nothing
        }}
      />
    </label>
  );
}
