import { Suspense } from 'react'
import type { ReactNode } from 'react'
import type { ComboBoxProps } from './ComboBox.tsx'
import type { DateTimeFieldProps } from './DateTimeField.tsx'
import { Skeleton } from './Skeleton.tsx'
import { lazyPart } from './lazy-part.tsx'

const LazyComboBox = lazyPart(() => import('./ComboBox.tsx'))
const LazyDateTimeField = lazyPart(() => import('./DateTimeField.tsx'))

/** The place of a field with its label, until it is loaded. */
const pending = (label: string): ReactNode => <Skeleton label={label} lines={1} height={60} />

/** One of many choices, found by typing. Loaded when it is first shown. */
export const ComboBox = (props: ComboBoxProps): ReactNode => (
  <Suspense fallback={pending(props.label)}>
    <LazyComboBox {...props} />
  </Suspense>
)

/** A day and a time in the reader's language. Loaded when it is first shown. */
export const DateTimeField = (props: DateTimeFieldProps): ReactNode => (
  <Suspense fallback={pending(props.label)}>
    <LazyDateTimeField {...props} />
  </Suspense>
)
