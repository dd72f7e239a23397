// What the client uses of htm/preact's standalone build, which has no declarations of its own that name no other package.
export function html(strings: TemplateStringsArray, ...values: any[]): any;
export function h(type: any, props: any, ...children: any[]): any;
export function render(tree: any, parent: Element): void;
export class Component {
  constructor(props?: any, context?: any);
  props: any;
  state: any;
  context: any;
  base: any;
  setState(change: any): void;
  forceUpdate(): void;
}
export function createContext<T>(value: T): {Provider: any; Consumer: any};
export function useContext<T>(context: any): T;
export function useState<T>(first: T | (() => T)): [T, (next: T | ((now: T) => T)) => void];
export function useEffect(effect: () => void | (() => unknown), inputs?: readonly unknown[]): void;
export function useLayoutEffect(effect: () => void | (() => unknown), inputs?: readonly unknown[]): void;
export function useRef<T>(first: T): {current: T};
