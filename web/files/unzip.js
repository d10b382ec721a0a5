// Reads zip files. Supports the part of the format (APPNOTE.TXT) that an .npz needs: no encryption, no zip64.
import { Inflate } from 'fflate';

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
 * An entry of the zip's directory.
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} flags
 * @property {number} method
 * @property {number} crc
 * @property {number} packed size in the zip, in bytes
 * @property {number} unpacked size after unpacking, in bytes
 * @property {number} at offset of its local header
 */

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The zip format's CRC-32, continued from a previous value. @param {Uint8Array} bytes @param {number} before */
function crc32(bytes, before) {
  let crc = ~before;
  for (let i = 0; i < bytes.length; ++i) crc = (crc >>> 8) ^ crcTable[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * The offset of the end-of-directory record, which is at the end of the file, before an optional comment.
 * @param {DataView} view
 */
function findEnd(view) {
  const last = view.byteLength - endLength;
  for (let at = last; at >= 0 && at >= last - longestComment; --at) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  throw new Error('The file is not a zip, or its end is missing.');
}

/**
 * Reads the directory of a zip.
 * @param {Uint8Array} bytes
 * @returns {Entry[]}
 * @throws {Error} if the file is not a zip
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

/** Bytes that are unpacked at a time. Deflate expands each by a factor of at most 1032. */
const portion = 4096;

/**
 * Unpacks deflated data in portions.
 * @param {Uint8Array} packed
 * @param {Entry} entry
 * @param {(bytes: Uint8Array) => void} take called with each portion; throwing stops the unpacking
 */
function inflate(packed, { name }, take) {
  /** @type {unknown} */
  let thrown = null;
  const stream = new Inflate((bytes) => {
    try {
      take(bytes);
    } catch (error) {
      thrown = error;
      throw error;
    }
  });
  try {
    for (let at = 0; at < packed.length || at === 0; at += portion) {
      stream.push(packed.subarray(at, at + portion), at + portion >= packed.length);
    }
  } catch (cause) {
    if (thrown) throw thrown;
    throw new Error(`In the zip, ${name} cannot be unpacked: its bytes are damaged.`, { cause });
  }
}

/**
 * Unpacks a file of a zip. Never unpacks more than the directory announces.
 * @param {Uint8Array} bytes of the zip
 * @param {Entry} entry the file's directory entry
 * @param {object} [watch]
 * @param {(start: Uint8Array) => void} [watch.begins] called once with the first 4096 bytes, or all if there are fewer,
 *   before the rest is unpacked; throwing stops the unpacking
 * @param {(bytes: number) => void} [watch.progress] called with the number of bytes unpacked since the last call
 * @returns {Uint8Array} for a stored file, a view of `bytes`
 * @throws {Error} if it is damaged, encrypted, or compressed by a method other than deflate
 */
export function unzipped(bytes, entry, { begins = () => {}, progress = () => {} } = {}) {
  const { name, flags, method, crc, packed, unpacked, at } = entry;
  const view = viewOf(bytes);
  const damaged = () =>
    new Error(`In the zip, ${name} is damaged: its checksum or its length is not what the directory says.`);
  if (flags & 1) throw new Error(`In the zip, ${name} is encrypted.`);
  if (method !== stored && method !== deflated) {
    throw new Error(`In the zip, ${name} is packed by method ${method}; only stored and deflated files are read.`);
  }
  if (at + localLength > bytes.length || view.getUint32(at, true) !== localSignature) {
    throw new Error(`In the zip, ${name} is not where the directory says.`);
  }
  const start = at + localLength + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const body = bytes.subarray(start, start + packed);
  if (method === stored) {
    if (body.length !== unpacked || crc32(body, 0) !== crc) throw damaged();
    begins(body.subarray(0, portion));
    progress(unpacked);
    return body;
  }
  /** @type {Uint8Array | null} allocated once `begins` has accepted the beginning */
  let file = null;
  /** The first bytes, for `begins`. */
  const first = new Uint8Array(Math.min(portion, unpacked));
  let taken = 0;
  let sum = 0;
  inflate(body, entry, (more) => {
    if (taken + more.length > unpacked) throw damaged();
    first.set(more.subarray(0, Math.max(0, first.length - taken)), Math.min(taken, first.length));
    sum = crc32(more, sum);
    if (!file && taken + more.length >= first.length) {
      begins(first);
      file = new Uint8Array(unpacked);
      file.set(first.subarray(0, taken));
    }
    file?.set(more, taken);
    taken += more.length;
    progress(more.length);
  });
  if (taken !== unpacked || sum !== crc) throw damaged();
  return file ?? first;
}
