// What the build adds to JavaScript: `import.meta.env` and `import.meta.glob`, and imports that are not modules.
/// <reference types="vite/types/importMeta.d.ts" />

declare module '*?url' {
  const url: string;
  export default url;
}

declare module '*&url' {
  const url: string;
  export default url;
}

declare module '*.css' {}
