import type { ReactNode } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import css from './Sidebar.module.css'

/** The list in its final shape, before there is anything in it. */
export const SidebarSkeleton = (): ReactNode => <Skeleton lines={7} height={14} className={css['skeleton']} />
