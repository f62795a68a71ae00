import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { start } from './shell/start.tsx'

void start(createRoot(document.getElementById('root')!))
