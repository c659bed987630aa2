// Runs before the first paint, from its own file because the page's policy forbids inline scripts.
// The names and values match what Mantine's local storage colour scheme manager writes.
(function () {
  var choice = 'auto';
  try {
    choice = localStorage.getItem('tarun-theme') || 'auto';
    var language = localStorage.getItem('tarun-language');
    if (language === 'hi' || language === 'en') document.documentElement.lang = language;
  } catch {
    // Storage may be forbidden: the system's scheme then decides.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
