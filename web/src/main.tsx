import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import './ui/tokens.css';
import './ui/ui.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { applyTheme } from './app/theme';
import { language } from './lib/i18n';

applyTheme();
document.documentElement.lang = language();
// The page opens without a network, too; see public/sw.js.
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
