import type { ReactNode } from 'react'
import { fromAbsolute } from '@internationalized/date'
import type { ZonedDateTime } from '@internationalized/date'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  FieldError,
  Group,
  Label,
  Popover,
  Text,
} from 'react-aria-components/DatePicker'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { Calendar as CalendarIcon, ChevronLeft, ChevronRight } from './icons.ts'
import field from './Field.module.css'
import popover from './Popover.module.css'
import styles from './DateTimeField.module.css'

export interface DateTimeFieldProps {
  label: string
  description?: ReactNode
  error?: string
  /** Milliseconds since 1970, or null while it is not complete. */
  value: number | null
  onChange: (value: number | null) => void
  /** IANA name of the zone that day and hour are meant in. */
  timeZone: string
  /** The earliest moment, in milliseconds. */
  min?: number
  max?: number
  /** minute: day and time. day: the day alone; the time of day of `value` stays. */
  granularity?: 'minute' | 'day'
  disabled?: boolean
  autoFocus?: boolean
}

const Month = (): ReactNode => (
  <Calendar className={styles.calendar}>
    <header className={styles.header}>
      <Button slot="previous" className={styles.turn}>
        <Icon icon={ChevronLeft} />
      </Button>
      <Heading className={styles.month} />
      <Button slot="next" className={styles.turn}>
        <Icon icon={ChevronRight} />
      </Button>
    </header>
    <CalendarGrid className={styles.grid}>
      <CalendarGridHeader>
        {(day) => <CalendarHeaderCell className={styles.weekday}>{day}</CalendarHeaderCell>}
      </CalendarGridHeader>
      <CalendarGridBody>{(date) => <CalendarCell date={date} className={styles.day} />}</CalendarGridBody>
    </CalendarGrid>
  </Calendar>
)

/** A day and a time, in the order and the calendar of the reader's language; typed, stepped by arrows, or picked. */
export default function DateTimeField(props: DateTimeFieldProps): ReactNode {
  const at = (time: number): ZonedDateTime => fromAbsolute(time, props.timeZone)
  return (
    <DatePicker<ZonedDateTime>
      className={field.field}
      value={props.value === null ? null : at(props.value)}
      onChange={(value) => props.onChange(value ? value.toDate().getTime() : null)}
      placeholderValue={at(props.min ?? Date.now())}
      minValue={props.min === undefined ? undefined : at(props.min)}
      maxValue={props.max === undefined ? undefined : at(props.max)}
      granularity={props.granularity ?? 'minute'}
      isDisabled={props.disabled}
      isInvalid={props.error ? true : undefined}
      autoFocus={props.autoFocus}
      hideTimeZone
    >
      <Label className={field.label}>{props.label}</Label>
      <Group className={cx(field.box, styles.box)}>
        <DateInput className={styles.input}>
          {(segment) => <DateSegment segment={segment} className={styles.segment} />}
        </DateInput>
        <Button className={styles.open}>
          <Icon icon={CalendarIcon} />
        </Button>
      </Group>
      {props.description && !props.error && (
        <Text slot="description" className={field.description}>
          {props.description}
        </Text>
      )}
      <FieldError className={field.error}>
        {({ validationErrors }) => props.error ?? validationErrors.join(' ')}
      </FieldError>
      <Popover offset={4} className={popover.popover} style={{ zIndex: 'var(--z-popover)' }}>
        <Dialog className={styles.dialog}>
          <Month />
        </Dialog>
      </Popover>
    </DatePicker>
  )
}
