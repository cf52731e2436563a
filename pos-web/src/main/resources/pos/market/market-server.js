import { api } from '../shell/server.js';

/** The calls of marketplaces' orders. */
export const orders = {
  open: () => api.get('/pos/api/market/orders'),
  collect: (id, register) => api.post(`/pos/api/market/orders/${id}/sale`, { register }),
  ship: (id, carrier, tracking) => api.post(`/pos/api/market/orders/${id}/parcel`, { carrier, tracking }),
};

/** An order's number as Mercado Libre and Amazon give it: a scan of it opens the order. */
/** What begins with 01 is a GTIN as GS1 writes it, which has sixteen digits too. */
export const ORDER_NUMBER = /^((?!01)\d{16}|\d{3}-\d{7}-\d{7})$/;
