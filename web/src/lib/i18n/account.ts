export const accountWords = {
  'settings.title': { en: 'Settings', de: 'Einstellungen' },
  'settings.language': { en: 'Language', de: 'Sprache' },
  'settings.language.why': { en: 'Of this page. Your résumé keeps its own.', de: 'Dieser Seite. Ihr Lebenslauf behält seine eigene.' },
  'settings.colours': { en: 'Colours', de: 'Farben' },
  'settings.look': { en: 'How it looks', de: 'Wie es aussieht' },
} as const;
