// On a host that sends no such headers: gives this site's own files the headers that make its page cross-origin isolated,
// so that the engine's threads can share memory. It keeps nothing and changes nothing else.
self.addEventListener('install', () => self.skipWaiting());

function isolated(response) {
  if (response.status === 0) return response; // opaque: its headers cannot be seen or set
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const { status, statusText } = response;
  const hasBody = ![101, 204, 205, 304].includes(status);
  return new Response(hasBody ? response.body : null, { status, statusText, headers });
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (!request.url.startsWith(self.registration.scope)) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  event.respondWith(fetch(request).then(isolated));
});
