import { createContext, useContext } from 'react';
import type { Progress, ProgressByResume } from './progress';

export const ProgressContext = createContext<ProgressByResume>({});

/** How far the reading of a résumé is; undefined where nothing was told. */
export const useProgress = (resumeId: string): Progress | undefined => useContext(ProgressContext)[resumeId];

/** The same of all of them. */
export const useAllProgress = (): ProgressByResume => useContext(ProgressContext);
