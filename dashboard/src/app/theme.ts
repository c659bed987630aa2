import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';

// From the lightest to the darkest; index 7 is the fill of buttons.
const brand: MantineColorsTuple = [
  '#e6f7f4', '#cfeee9', '#a0ddd4', '#70ccbf', '#4cc9b8', '#2aa899', '#158a7e', '#0f766e', '#0b5f58', '#074842',
];

// Mantine's dark surfaces and lines, in the tones of tokens.css.
const dark: MantineColorsTuple = [
  '#e7eaed', '#c5cbd2', '#a5aeb8', '#7c8691', '#3a4148', '#2e343a', '#22262b', '#1a1d21', '#131518', '#101214',
];

/** Mantine's share of the look; the semantic colours are in tokens.css. */
export const theme = createTheme({
  colors: { brand, dark },
  primaryColor: 'brand',
  // White letters on it are readable in both schemes.
  primaryShade: 7,
  defaultRadius: 'md',
  cursorType: 'pointer',
  // The head of a dialog is not the head of the page.
  components: { Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } } },
  respectReducedMotion: true,
  // System fonts only; Noto carries Devanagari on Android and Linux.
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Devanagari', 'Nirmala UI', 'Helvetica Neue', Arial, sans-serif",
});

/** Remembers the scheme under the name `public/theme.js` reads before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'tarun-theme' });
