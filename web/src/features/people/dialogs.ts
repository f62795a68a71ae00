import { lazy } from 'react'

// Dialogs come with their first use.
export const AddToChannelDialog = lazy(() => import('./AddToChannelDialog.tsx'))
export const CustomStatusDialog = lazy(() => import('./CustomStatusDialog.tsx'))
export const DoNotDisturbDialog = lazy(() => import('./DoNotDisturbDialog.tsx'))
