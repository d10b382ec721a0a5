// Which files does a zip hold? Of the format (APPNOTE.TXT) as much as an .npz needs: no encryption, no zip64.
import { inflateSync } from 'fflate';

const endSignature = 0x06054b50;
const endLength = 22;
const longestComment = 0xffff;
const entrySignature = 0x02014b50;
const entryLength = 46;
const localSignature = 0x04034b50;
const localLength = 30;
const stored = 0;
const deflated = 8;

/**
 * A file as the zip's directory tells it.
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} flags
 * @property {number} method
 * @property {number} crc
 * @property {number} packed bytes in the zip
 * @property {number} unpacked bytes when unpacked
 * @property {number} at where its local header begins
 */

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as zip has it. @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (let i = 0; i < bytes.length; ++i) crc = (crc >>> 8) ^ crcTable[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the end of the directory is told: a record at the end of the file, before a comment. @param {DataView} view */
function findEnd(view) {
  const last = view.byteLength - endLength;
  for (let at = last; at >= 0 && at >= last - longestComment; --at) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  throw new Error('The file is not a zip, or its end is missing.');
}

/**
 * The directory of a zip.
 * @param {Uint8Array} bytes
 * @returns {Entry[]}
 * @throws {Error} for anything but a zip
 */
export function zipEntries(bytes) {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  /** @type {Entry[]} */
  const entries = [];
  for (let i = 0; i < count; ++i) {
    if (at + entryLength > end || view.getUint32(at, true) !== entrySignature) {
      throw new Error(`The zip’s directory announces ${count} files and is broken at file ${i + 1}.`);
    }
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + entryLength, at + entryLength + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** @param {Uint8Array} packed @param {Entry} entry */
function inflated(packed, { name, unpacked }) {
  try {
    return inflateSync(packed, { out: new Uint8Array(unpacked) });
  } catch (cause) {
    throw new Error(`In the zip, ${name} cannot be unpacked: its bytes are damaged or too many.`, { cause });
  }
}

/**
 * A file of a zip, unpacked.
 * @param {Uint8Array} bytes of the zip
 * @param {Entry} entry of its directory
 * @returns {Uint8Array} where it was only stored, a view of `bytes`
 * @throws {Error} where it is damaged, encrypted, or packed otherwise than by deflate
 */
export function unzipped(bytes, entry) {
  const { name, flags, method, crc, packed, unpacked, at } = entry;
  const view = viewOf(bytes);
  if (flags & 1) throw new Error(`In the zip, ${name} is encrypted.`);
  if (method !== stored && method !== deflated) {
    throw new Error(`In the zip, ${name} is packed by method ${method}; only stored and deflated files are read.`);
  }
  if (at + localLength > bytes.length || view.getUint32(at, true) !== localSignature) {
    throw new Error(`In the zip, ${name} is not where the directory says.`);
  }
  const start = at + localLength + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const body = bytes.subarray(start, start + packed);
  const file = method === stored ? body : inflated(body, entry);
  if (file.length !== unpacked || crc32(file) !== crc) {
    throw new Error(`In the zip, ${name} is damaged: its checksum or its length is not what the directory says.`);
  }
  return file;
}
