use super::Browser;
use serde_json::json;

/// What a browser pretends to run on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    pub device: Device,
    pub theme: Theme,
    pub motion: Motion,
    /// How many times slower than this machine the processor is.
    pub slowdown: f64,
    pub network: Network,
}

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Device {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Of the screen to one of CSS.
    pub pixels: f64,
    /// Touched with fingers, as a telephone, instead of a window with a pointer.
    pub touch: bool,
}

/// What the reader prefers: `prefers-color-scheme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// What the reader prefers: `prefers-reduced-motion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    Usual,
    Reduced,
}

/// The way to the server. Only what the page itself asks for passes over it: a service worker is
/// a target of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// As fast as this machine.
    Free,
    /// Adds so many milliseconds to each request; bytes a second down and up.
    Slow {
        latency: u32,
        down: u32,
        up: u32,
    },
    None,
}

impl Device {
    pub const DESK: Self = Self::window(900, 1000);
    pub const PHONE: Self = Self { width: 390, height: 844, pixels: 2.0, touch: true };
    pub const TABLET: Self = Self { width: 820, height: 1180, pixels: 2.0, touch: true };

    /// A window with a pointer.
    pub const fn window(width: u32, height: u32) -> Self {
        Self { width, height, pixels: 1.0, touch: false }
    }
}

impl Network {
    /// A crowded school network: 50 kB/s down, 20 kB/s up, 400 ms.
    pub const SLOW: Self = Self::Slow { latency: 400, down: 50_000, up: 20_000 };
}

impl Settings {
    /// A school's tablet.
    pub const TABLET: Self = Self::on(Device::TABLET);
    /// A cheap one, over a crowded network.
    pub const SLOW_TABLET: Self =
        Self { slowdown: 6.0, network: Network::SLOW, ..Self::on(Device::TABLET) };

    pub const fn on(device: Device) -> Self {
        Self {
            device,
            theme: Theme::Light,
            motion: Motion::Usual,
            slowdown: 1.0,
            network: Network::Free,
        }
    }
}

impl Default for Settings {
    /// A window of 900 by 1000 on this machine as it is.
    fn default() -> Self {
        Self::on(Device::DESK)
    }
}

impl Browser {
    /// Changes this tab, whatever was emulated before.
    pub async fn emulate(&self, settings: Settings) {
        self.emulate_device(settings.device).await;
        self.emulate_reader(settings.theme, settings.motion).await;
        let rate = json!({ "rate": settings.slowdown });
        self.devtools("Emulation.setCPUThrottlingRate", rate).await;
        self.emulate_network(settings.network).await;
    }

    /// As it was opened.
    pub async fn emulate_nothing_else(&self) {
        self.emulate(self.settings).await;
    }

    async fn emulate_device(&self, device: Device) {
        let Device { width, height, pixels, touch } = device;
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": pixels, "mobile": touch,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let fingers = json!({ "enabled": touch, "maxTouchPoints": 5 });
        self.devtools("Emulation.setTouchEmulationEnabled", fingers).await;
    }

    async fn emulate_reader(&self, theme: Theme, motion: Motion) {
        let theme = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let motion = match motion {
            Motion::Usual => "no-preference",
            Motion::Reduced => "reduce",
        };
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    async fn emulate_network(&self, network: Network) {
        let (latency, down, up) = match network {
            Network::Free | Network::None => (0, -1, -1),
            Network::Slow { latency, down, up } => (latency, i64::from(down), i64::from(up)),
        };
        let conditions = json!({
            "offline": network == Network::None, "latency": latency,
            "downloadThroughput": down, "uploadThroughput": up,
        });
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Forgets files that were loaded before; storages stay.
    pub async fn clear_cache(&self) {
        self.devtools("Network.clearBrowserCache", json!({})).await;
    }
}
