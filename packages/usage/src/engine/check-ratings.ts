import type { RaterResult, Rating } from '../model/event.ts'

const REASON = /^[a-z][a-z0-9_]{0,63}$/

/** Checks the ratings of `count` events. Throws `RangeError` if the rater broke its contract. */
export function checkRatings(ratings: readonly RaterResult[], count: number): readonly Rating[] {
  if (ratings.length !== count) throw new RangeError(`The rater returned ${ratings.length} ratings for ${count} events.`)
  return ratings.map(checkRating)
}

function checkRating(rating: RaterResult): Rating {
  const { state, unpricedReason } = rating
  if (unpricedReason === undefined) return { ...rating, unpricedReason: null }
  if (unpricedReason !== null) {
    if (state !== 'unpriced') throw new RangeError(`The rater returned the state "${state}" with a reason to be unpriced.`)
    if (!REASON.test(unpricedReason)) throw new RangeError('The rater returned a reason that is not 1 to 64 lower-case letters, digits and "_".')
  }
  return rating as Rating
}
