import type { FastifyRequest } from 'fastify'

/** A request whose body may be a form: as much of the framework as those who read forms need. */
export type FormRequest = Pick<FastifyRequest, 'raw' | 'headers' | 'isMultipart' | 'parts'>
