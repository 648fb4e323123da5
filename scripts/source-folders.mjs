// The folders whose TypeScript runs in Node and is compiled into dist/. The browser's folder, softphone, is Vite's.
export const sourceFolders = [
  'call-router',
  'sip-gateway',
  'media',
  'recordings',
  'crm-link',
  'prisma',
  'server',
  'demo',
  'bench',
];
