// What can happen to a reservation: the names of the events, on the stream and in a timeline.
export const EVENTS = [
  'ReservationHeld', 'ReservationPaid', 'ReservationConfirmed', 'ReservationRejected', 'ReservationChanged', 'ReservationCancelling',
  'ReservationCancelled', 'CancellationRefused', 'PaymentPaid', 'PaymentDeclined', 'PaymentAwaitingDeposit', 'PaymentRefunded', 'PaymentVoided',
  'TicketIssued', 'TicketCheckedIn', 'TicketCancelled', 'PointsEarned', 'PointsReversed', 'PointsRestored',
]
