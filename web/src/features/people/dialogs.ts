import { lazyPart } from '../../ui/lazy-part.tsx'

// Dialogs come with their first use.
export const AddToChannelDialog = lazyPart(() => import('./AddToChannelDialog.tsx'))
export const CustomStatusDialog = lazyPart(() => import('./CustomStatusDialog.tsx'))
export const DoNotDisturbDialog = lazyPart(() => import('./DoNotDisturbDialog.tsx'))
