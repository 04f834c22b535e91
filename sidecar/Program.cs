using Resort.Sidecar.Hosting;

return await CommandLine.RunAsync(args);
