// Shows why the page cannot start, until its module runs: a missing browser feature, or an error. A classic script in
// ES5, so that it also runs where modules do not. The page's initial content, #start, is in index.html; main.jsx
// removes it.
(function () {
  var browsers = 'Chrome or Edge 98, Firefox 114, Safari 16.4, or newer';
  /** @type {string[]} */
  var sentences = [];

  function show() {
    var place = document.getElementById('start-status');
    if (!place || sentences.length === 0) return;
    place.textContent = sentences.join(' ');
    place.className = 'message wrong';
    var start = document.getElementById('start');
    if (start) start.className = 'start stopped';
  }

  /** @param {string} sentence */
  function say(sentence) {
    // One cause has many effects; only the first sentence helps.
    if (sentences.length === 0) sentences.push(sentence);
    show();
  }

  /** Why the page cannot start in this browser; empty if nothing is known to be missing. */
  function whatIsMissing() {
    if (location.protocol === 'file:') {
      return 'Browsers do not start this page from a file. Open it from a web server: any static host, or “npm start”.';
    }
    if (window.origin === 'null') {
      return (
        'This frame is in a sandbox without “allow-same-origin”, where browsers allow the page no worker to compute in. ' +
        'Open the page in a window of its own, or let the page that embeds it add “allow-same-origin”.'
      );
    }
    var isNew =
      'noModule' in document.createElement('script') &&
      'hasOwn' in Object &&
      'at' in Array.prototype &&
      'structuredClone' in window &&
      'Worker' in window;
    if (!isNew) return 'This browser is too old for the page, which needs ' + browsers + '.';
    if (!('WebAssembly' in window)) {
      return (
        'This browser has no WebAssembly, or it is switched off (by a lockdown mode or a policy). The engine is ' +
        'WebAssembly: switch it on, or use another of ' +
        browsers +
        '.'
      );
    }
    return '';
  }

  /** @param {unknown} reason */
  function failed(reason) {
    if (!document.getElementById('start') && document.readyState !== 'loading') return; // the page shows errors itself
    var text = reason instanceof Error ? reason.message : String(reason);
    say('The page could not start: ' + text.slice(0, 300) + (/[.!?]$/.test(text) ? '' : '.'));
  }

  var missing = whatIsMissing();
  if (missing) {
    say(missing);
    /** @type {any} */ (window).skaCannotStart = true; // read by main.jsx
  }
  document.addEventListener('DOMContentLoaded', show);

  /** @param {Event} event of a script that does not load, is not served as JavaScript, or throws */
  function onError(event) {
    var target = event.target;
    if (target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'modulepreload')) {
      var url = target instanceof HTMLScriptElement ? target.src : target.href;
      var sentence =
        'A script of the page did not arrive, or its host does not serve it as JavaScript: ' +
        url +
        '. Reload the page; if that does not help, the host has to be mended.';
      say(sentence);
    } else if (event instanceof ErrorEvent) {
      failed(event.error || event.message);
    }
  }

  addEventListener('error', onError, true); // error events of scripts do not bubble, so capture them
  addEventListener('unhandledrejection', function (event) {
    failed(event.reason);
  });
})();
